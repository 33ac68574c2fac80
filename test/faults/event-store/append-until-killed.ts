import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';

const IN_FLIGHT = 64;

/** What the node acknowledged before it died, by stream: the ids in the order they were sent. */
export type Acknowledged = Map<string, string[]>;

/**
 * Keeps 64 appends in flight, each to a stream of its own with the exact revision before it, until one fails.
 * @param acknowledged filled with every append that was answered
 */
export async function appendUntilKilled(url: string, acknowledged: Acknowledged): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  await Promise.allSettled(Array.from({ length: IN_FLIGHT }, () => appendToOwnStream(client, acknowledged)));
  await client.dispose().catch(() => {});
}

async function appendToOwnStream(client: EventStoreDBClient, acknowledged: Acknowledged): Promise<never> {
  const stream = `killed-${randomUUID()}`;
  const ids: string[] = [];
  acknowledged.set(stream, ids);
  for (;;) {
    const event = jsonEvent({ id: randomUUID(), type: 'Appended', data: { number: ids.length } });
    const expectedRevision = ids.length === 0 ? NO_STREAM : BigInt(ids.length - 1);
    await client.appendToStream(stream, event, { expectedRevision });
    ids.push(event.id);
  }
}
