import { Consumers } from './consumers.js';
import type { GroupSettings } from './group-settings.js';
import { InFlight, type Message, type SentMessage } from './in-flight.js';

/** The most messages of a group that are read and not finished; with as many nothing more is read. */
export const MOST_UNFINISHED = 10_000;

export type Rejection = 'park' | 'retry' | 'skip' | 'stop';

export interface Delivery {
  readonly consumer: number;
  readonly message: Message;
}

/** A message that is to be parked, and why. */
export interface Parking {
  readonly message: Message;
  readonly reason: string;
}

type Settings = Pick<GroupSettings, 'strategy' | 'messageTimeoutMs' | 'maxRetryCount' | 'readBatchSize'>;

/**
 * Decides which message goes to which consumer, and what becomes of it: nothing here reads, writes or waits. A message is
 * unfinished from when it is read until it is acknowledged, skipped or parked.
 */
export class ConsumerGroup {
  private readonly consumers: Consumers;
  private readonly inFlight = new InFlight();
  private readonly parking = new Map<number, Message>();
  private waiting: Message[] = [];

  /** @param next the revision to read from */
  constructor(
    private readonly settings: Settings,
    public next: number,
  ) {
    this.consumers = new Consumers(settings.strategy);
  }

  get size(): number {
    return this.consumers.size;
  }

  /** How many new messages could be sent at once; those that wait to be sent again come first. */
  get wanted(): number {
    if (this.waiting.length > 0) return 0;
    const room = MOST_UNFINISHED - this.inFlight.size - this.parking.size;
    return Math.max(0, Math.min(this.consumers.credits, this.settings.readBatchSize, room));
  }

  /** Every message before this revision is finished. */
  get finishedBefore(): number {
    let lowest = this.next;
    for (const { revision } of this.waiting) lowest = Math.min(lowest, revision);
    for (const revision of this.inFlight.revisions()) lowest = Math.min(lowest, revision);
    for (const revision of this.parking.keys()) lowest = Math.min(lowest, revision);
    return lowest;
  }

  /** When the oldest unanswered message is sent again, in milliseconds since the epoch. */
  get nextDeadline(): number {
    return this.inFlight.nextDeadline;
  }

  join(consumer: number, credits: number): void {
    this.consumers.add(consumer, Math.min(credits, MOST_UNFINISHED));
  }

  /** @returns what is to be parked, for a message that a consumer leaves behind counts as sent in vain */
  leave(consumer: number): Parking[] {
    this.consumers.remove(consumer);
    return this.retryAll(this.inFlight.takeOf(consumer));
  }

  pause(consumer: number, paused: boolean): void {
    this.consumers.pause(consumer, paused);
  }

  /** Takes in messages that were read, and reads from `next` from then on. */
  receive(messages: readonly Message[], next: number): void {
    this.waiting.push(...messages);
    this.next = next;
  }

  /** Chooses who gets what, `limit` messages at most. */
  deliver(now: number, limit: number): Delivery[] {
    const { messageTimeoutMs } = this.settings;
    const deadline = messageTimeoutMs === 0 ? Infinity : now + messageTimeoutMs;
    const deliveries: Delivery[] = [];
    while (deliveries.length < limit && this.waiting.length > 0) {
      const consumer = this.consumers.take();
      if (consumer === undefined) break;
      const message = this.waiting.shift() as Message;
      this.inFlight.add({ ...message, consumer, deadline });
      deliveries.push({ consumer, message });
    }
    return deliveries;
  }

  /** Finishes messages; an id that nobody has is passed over. */
  acknowledge(ids: readonly string[]): void {
    for (const id of ids) this.take(id);
  }

  /** Finishes a message that can no longer be read. */
  skip({ revision }: Message): void {
    const message = this.inFlight.remove(revision);
    if (message) this.consumers.giveBack(message.consumer);
  }

  /** @returns what is to be parked; a message that is stopped stays with its consumer until it times out */
  reject(ids: readonly string[], how: Rejection, reason: string): Parking[] {
    if (how === 'stop') return [];
    const messages = ids.map((id) => this.take(id)).filter((message) => message !== undefined);
    if (how === 'skip') return [];
    if (how === 'retry') return this.retryAll(messages);
    return messages.map((message) => this.park(message, `Client explicitly NAK'ed message.\n${reason}`));
  }

  /** Takes back what was not answered in time. @returns what is to be parked */
  expire(now: number): Parking[] {
    const expired = this.inFlight.takeExpired(now);
    for (const { consumer } of expired) this.consumers.giveBack(consumer);
    return this.retryAll(expired);
  }

  /** Told what became of a parking: without it the message is sent again. */
  parked({ revision }: Message, done: boolean): void {
    const message = this.parking.get(revision);
    this.parking.delete(revision);
    if (message && !done) this.waiting.push(message);
  }

  private take(id: string): SentMessage | undefined {
    const message = this.inFlight.take(id);
    if (message) this.consumers.giveBack(message.consumer);
    return message;
  }

  private retryAll(messages: readonly Message[]): Parking[] {
    const hopeless = messages.filter(({ retries }) => retries >= this.settings.maxRetryCount);
    const retried = messages.filter(({ retries }) => retries < this.settings.maxRetryCount);
    this.waiting.push(...retried.map(({ revision, id, retries }) => ({ revision, id, retries: retries + 1 })));
    return hopeless.map((message) => this.park(message, 'Reached Max Retry Count'));
  }

  private park({ revision, id, retries }: Message, reason: string): Parking {
    const message = { revision, id, retries };
    this.parking.set(revision, message);
    return { message, reason };
  }
}
