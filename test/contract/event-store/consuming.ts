import {
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  type EventStoreDBClient,
  type PersistentSubscriptionToStream,
  type PersistentSubscriptionToStreamResolvedEvent,
  type PersistentSubscriptionToStreamSettings,
} from '@eventstore/db-client';
import { waitFor } from '../../support/wait.js';

type Changes = Partial<PersistentSubscriptionToStreamSettings>;
type Event = PersistentSubscriptionToStreamResolvedEvent;

/** From the start, and with a checkpoint for each event unless a test says otherwise. */
export const settingsOf = (changes: Changes = {}) =>
  persistentSubscriptionToStreamSettingsFromDefaults({
    startFrom: START,
    checkPointLowerBound: 1,
    checkPointUpperBound: 1,
    ...changes,
  });

/** Appends events numbered from `first` on. */
export async function write(client: EventStoreDBClient, stream: string, count: number, first = 0): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => jsonEvent({ type: 'T', data: { n: first + index } }));
  await client.appendToStream(stream, events);
}

/** A consumer, and what it has got so far; it answers nothing unless it is told to. */
export class Consumer {
  readonly seen: string[] = [];
  readonly events: Event[] = [];
  error: (Error & { type?: string }) | undefined;
  private readonly confirmed: Promise<unknown>;

  constructor(
    readonly subscription: PersistentSubscriptionToStream,
    private readonly answer: (event: Event, consumer: Consumer) => unknown = () => {},
  ) {
    this.confirmed = new Promise((resolve) => subscription.once('confirmation', resolve).once('error', resolve));
    subscription.on('error', (error) => (this.error = error));
    subscription.on('data', (event: Event) => {
      this.events.push(event);
      const { revision } = (event.link ?? event.event) as { revision: bigint };
      this.seen.push(event.retryCount > 0 ? `${revision} again ${event.retryCount}` : `${revision}`);
      void this.answer(event, this);
    });
  }

  static acknowledging(subscription: PersistentSubscriptionToStream): Consumer {
    return new Consumer(subscription, (event) => subscription.ack(event));
  }

  async ready(): Promise<this> {
    await this.confirmed;
    return this;
  }

  async got(count: number): Promise<string[]> {
    await waitFor(() => this.seen.length >= count, { what: `${count} events; seen: ${this.seen.join()}` });
    return this.seen;
  }

  async failed(): Promise<string | undefined> {
    await waitFor(() => this.error !== undefined, { what: 'the consumer is dropped' });
    return this.error?.type;
  }
}

/** The data of every event of a stream, links followed. */
export async function dataOf(client: EventStoreDBClient, stream: string): Promise<unknown[]> {
  const data: unknown[] = [];
  try {
    for await (const { event } of client.readStream(stream, { resolveLinkTos: true })) data.push(event?.data);
  } catch (error) {
    if ((error as { type?: string }).type !== 'stream-not-found') throw error;
  }
  return data;
}
