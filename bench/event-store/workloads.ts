import { randomUUID } from 'node:crypto';
import { END, jsonEvent, NO_STREAM, START, streamNameFilter, type EventStoreDBClient } from '@eventstore/db-client';
import { measure, measureOnce, type Measurement } from './measure.js';

export interface Workload {
  readonly name: string;
  /** Whether the no-op server can answer it. */
  readonly bounded: boolean;
  /** Each waits for a disk of its own: beside it, the no-op server does too. */
  readonly synced?: boolean;
  run(client: EventStoreDBClient, forMs: number): Promise<Measurement>;
}

export const LONG_STREAM = 'long';
const LOADED_STREAMS = 500;
const ALL_EVENTS = 50_000;

/** An event like those of the service: some 300 bytes of data and metadata. */
const event = () =>
  jsonEvent({
    type: 'CustomerInvited',
    data: { customer: randomUUID(), partner: 'p-123456', at: new Date().toISOString(), text: 'x'.repeat(120) },
    metadata: { correlation: randomUUID() },
  });

export const events = (count: number) => Array.from({ length: count }, event);

const appends = (inFlight: number): Workload => ({
  name: `single appends, ${inFlight} in flight`,
  bounded: true,
  synced: inFlight === 1,
  run: (client, forMs) =>
    measure(inFlight, forMs, async () => {
      await client.appendToStream(`one-${randomUUID()}`, event(), { expectedRevision: NO_STREAM });
      return 1;
    }),
});

async function count(read: AsyncIterable<unknown>): Promise<number> {
  let seen = 0;
  for await (const item of read) seen += item ? 1 : 0;
  return seen;
}

function caughtUp(client: EventStoreDBClient): Promise<number> {
  const filter = streamNameFilter({ prefixes: ['one-', 'five-', LONG_STREAM, 'filling-'] });
  const subscription = client.subscribeToAll({ fromPosition: START, filter });
  return new Promise((resolve, reject) => {
    let seen = 0;
    subscription.on('data', () => seen++);
    subscription.on('error', reject);
    subscription.on('caughtUp', () => void subscription.unsubscribe().then(() => resolve(seen)));
  });
}

async function appendsSeenLive(client: EventStoreDBClient, forMs: number): Promise<Measurement> {
  const subscription = client.subscribeToAll({ fromPosition: END });
  let seen = () => {};
  subscription.on('data', () => seen());
  await new Promise((resolve) => subscription.on('caughtUp', resolve));
  const result = await measure(1, forMs, async () => {
    const arrived = new Promise<void>((resolve) => (seen = resolve));
    const appended = client.appendToStream(`live-${randomUUID()}`, event());
    await arrived;
    return appended.then(() => 1);
  });
  await subscription.unsubscribe();
  return result;
}

export const WORKLOADS: readonly Workload[] = [
  appends(1),
  appends(64),
  appends(256),
  {
    name: '100-event appends, events',
    bounded: true,
    synced: true,
    run: (client, forMs) =>
      measure(1, forMs, async () => {
        await client.appendToStream(`hundred-${randomUUID()}`, events(100));
        return 100;
      }),
  },
  {
    name: 'one long stream, events',
    bounded: true,
    run: (client, forMs) => measure(1, forMs, () => count(client.readStream(LONG_STREAM, { maxCount: 20_000 }))),
  },
  {
    name: '$all, events',
    bounded: true,
    run: (client, forMs) => measure(1, forMs, () => count(client.readAll({ maxCount: ALL_EVENTS }))),
  },
  { name: 'filtered catch-up, events', bounded: false, run: (client) => measureOnce(() => caughtUp(client)) },
  {
    name: 'loads of a 5-event stream, 16 in flight',
    bounded: true,
    run: (client, forMs) => {
      let next = 0;
      return measure(16, forMs, async () => {
        await count(client.readStream(`five-${next++ % LOADED_STREAMS}`, { maxCount: 5 }));
        return 1;
      });
    },
  },
  { name: 'append to seen by a live subscriber', bounded: false, run: appendsSeenLive },
];

/** Writes what the reads read; the short streams as a service does, one append after the other. */
export async function fill(client: EventStoreDBClient): Promise<void> {
  for (let i = 0; i < 200; i++) await client.appendToStream(LONG_STREAM, events(100));
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: LOADED_STREAMS }, (_, i) => client.appendToStream(`five-${i}`, event())));
  }
}
