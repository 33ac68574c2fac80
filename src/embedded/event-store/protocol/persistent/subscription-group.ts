import { eventIdOf } from '../../codec/event-frame.js';
import type { EventLog } from '../../log/event-log.js';
import { TOMBSTONE_REVISION, type StoredEvent } from '../../log/model.js';
import type { RpcError } from '../../transport/status.js';
import { PageSize } from '../page-size.js';
import { Alarm } from './alarm.js';
import { isCheckpointDue } from './checkpoint-policy.js';
import { ConsumerGroup, type Delivery, type Parking, type Rejection } from './consumer-group.js';
import type { GroupConfiguration } from './group-configuration.js';
import { GroupStreams } from './group-streams.js';

const RETRY_MS = 1000;

export interface DeliveredEvent {
  readonly event: StoredEvent;
  readonly retries: number;
}

/** A client that consumes. */
export interface Consumer {
  /** Sends events; `done` runs when the socket has taken them. */
  send(events: readonly DeliveredEvent[], done: () => void): void;
  /** Ends its call. */
  fail(error: unknown): void;
}

/** What a consumer says. */
export interface Membership {
  acknowledge(ids: readonly string[]): void;
  reject(ids: readonly string[], how: Rejection, reason: string): void;
  leave(): void;
}

/** Feeds the consumers of one group from the log, and writes down how far they have come. */
export class SubscriptionGroup {
  private readonly group: ConsumerGroup;
  private readonly streams: GroupStreams;
  private readonly consumers = new Map<number, Consumer>();
  private readonly timeout = new Alarm(() => this.run());
  private readonly checkpointTime = new Alarm(() => this.saveCheckpoint(true));
  private readonly size = new PageSize();
  private stopWaiting = () => {};
  private savedBefore: number;
  private saving = false;
  private scheduled = false;
  private closed = false;
  private nextConsumer = 0;

  constructor(
    private readonly log: EventLog,
    readonly configuration: GroupConfiguration,
  ) {
    this.streams = new GroupStreams(log, configuration);
    const { checkpoint } = this.streams;
    this.savedBefore = checkpoint === undefined ? configuration.firstRevision : checkpoint + 1;
    this.group = new ConsumerGroup(configuration.settings, this.savedBefore);
  }

  get isFull(): boolean {
    const { maxSubscriberCount } = this.configuration.settings;
    return maxSubscriberCount > 0 && this.group.size >= maxSubscriberCount;
  }

  /** @param credits how many unanswered messages the consumer holds at once */
  join(consumer: Consumer, credits: number): Membership {
    const id = this.nextConsumer++;
    this.consumers.set(id, consumer);
    this.group.join(id, credits);
    this.schedule();
    return {
      acknowledge: (ids) => this.change(() => this.group.acknowledge(ids)),
      reject: (ids, how, reason) => this.change(() => this.park(this.group.reject(ids, how, reason))),
      leave: () => {
        this.consumers.delete(id);
        this.change(() => this.park(this.group.leave(id)));
      },
    };
  }

  /** Ends every consumer's call and stops for good. */
  close(reason: RpcError): void {
    this.closed = true;
    this.timeout.stop();
    this.checkpointTime.stop();
    this.stopWaiting();
    for (const consumer of [...this.consumers.values()]) consumer.fail(reason);
  }

  private change(work: () => void): void {
    if (this.closed) return;
    work();
    this.saveCheckpoint(false);
    this.schedule();
  }

  /** What happens in one turn of the event loop is answered in the next, and never within it. */
  private schedule(): void {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.run();
    });
  }

  /** A fault, of the log for example, ends the calls and not the node. */
  private run(): void {
    if (this.closed) return;
    try {
      this.park(this.group.expire(Date.now()));
      const fresh = this.read();
      this.deliver(this.group.deliver(Date.now(), this.size.limit), fresh);
      this.saveCheckpoint(false);
      this.timeout.set(this.group.nextDeadline);
    } catch (error) {
      for (const consumer of [...this.consumers.values()]) consumer.fail(error);
    }
  }

  /** Reads as much as can be sent at once; when there is nothing yet, what is written next wakes the group. */
  private read(): ReadonlyMap<number, StoredEvent> {
    this.stopWaiting();
    const limit = Math.min(this.group.wanted, this.size.limit);
    if (limit === 0) return new Map();
    const page = this.readPage(limit);
    this.size.learn(page);
    const last = page.at(-1);
    if (last) {
      const messages = page.map(({ revision, frame }) => ({ revision, id: eventIdOf(frame), retries: 0 }));
      this.group.receive(messages, last.revision + 1);
    } else {
      this.stopWaiting = this.log.signal.onStream(this.configuration.stream, () => this.schedule());
    }
    return new Map(page.map((event) => [event.revision, event]));
  }

  private readPage(limit: number): StoredEvent[] {
    const { stream: name } = this.configuration;
    const stream = this.log.findStream(name);
    if (!stream || this.log.visibility.lastRevision(name) === TOMBSTONE_REVISION) return [];
    const first = Math.max(this.group.next, this.log.visibility.firstRevision(stream));
    return first > stream.last ? [] : this.log.readStream(stream, first, limit);
  }

  /** To each consumer in one write, and nothing more until its socket has taken that: one that does not read costs nothing. */
  private deliver(deliveries: readonly Delivery[], fresh: ReadonlyMap<number, StoredEvent>): void {
    const batches = new Map<number, DeliveredEvent[]>();
    for (const { consumer, message } of deliveries) {
      const event = fresh.get(message.revision) ?? this.log.readVisible(this.configuration.stream, message.revision);
      if (!event) {
        this.group.skip(message);
        continue;
      }
      const batch = batches.get(consumer) ?? [];
      batches.set(consumer, batch);
      batch.push({ event, retries: message.retries });
    }
    for (const [id, batch] of batches) this.send(id, batch);
    if (deliveries.length > 0) this.schedule();
  }

  private send(id: number, batch: readonly DeliveredEvent[]): void {
    this.group.pause(id, true);
    this.consumers.get(id)?.send(batch, () => {
      this.group.pause(id, false);
      this.schedule();
    });
  }

  private park(parkings: readonly Parking[]): void {
    for (const parking of parkings) {
      const settle = (done: boolean) => this.change(() => this.group.parked(parking.message, done));
      void this.streams.park(parking).then(settle, () => settle(false));
    }
  }

  /** Writes one checkpoint at a time. */
  private saveCheckpoint(timeIsUp: boolean): void {
    const { settings } = this.configuration;
    const { finishedBefore } = this.group;
    const finished = finishedBefore - this.savedBefore;
    if (this.closed || this.saving) return;
    if (isCheckpointDue(finished, timeIsUp, settings)) this.writeCheckpoint(finishedBefore);
    else if (isCheckpointDue(finished, true, settings))
      this.checkpointTime.setOnce(Date.now() + settings.checkpointAfterMs);
  }

  private writeCheckpoint(before: number): void {
    this.saving = true;
    const settle = (saved: boolean) => {
      this.saving = false;
      if (saved) this.savedBefore = before;
      if (saved) this.saveCheckpoint(false);
      else if (!this.closed) this.checkpointTime.set(Date.now() + RETRY_MS);
    };
    this.checkpointTime.stop();
    void this.streams.saveCheckpoint(before - 1).then(settle, () => settle(false));
  }
}
