import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient, START } from '@eventstore/db-client';
import { startNode, withDataFolder } from '../contract/event-store/embedded-node.js';
import { appendUntilKilled, type Acknowledged } from './event-store/append-until-killed.js';

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 6);
const LONGEST_LIFE_MS = 1200;
const LONGEST_ROUND_MS = 6000;

/** Every id of every stream, in the order of $all. */
async function storedIds(url: string): Promise<Map<string, string[]>> {
  const client = EventStoreDBClient.connectionString(url);
  const stored = new Map<string, string[]>();
  for await (const { event } of client.readAll({ fromPosition: START })) {
    if (!event?.streamId.startsWith('killed-')) continue;
    stored.set(event.streamId, [...(stored.get(event.streamId) ?? []), event.id]);
  }
  await client.dispose();
  return stored;
}

describe('an event store that is killed while 64 appends are in flight', () => {
  it(
    `keeps each acknowledged append once and in order, ${ROUNDS} times`,
    async () => {
      await withDataFolder(async (data) => {
        const acknowledged: Acknowledged = new Map();
        for (let round = 0; round < ROUNDS; round++) {
          const node = await startNode(data);
          const appending = appendUntilKilled(node.url, acknowledged);
          await sleep(200 + Math.random() * (LONGEST_LIFE_MS - 200));
          await node.kill('SIGKILL');
          await appending;
        }
        const node = await startNode(data);
        const stored = await storedIds(node.url);
        await node.kill('SIGTERM');

        const count = [...acknowledged.values()].reduce((sum, ids) => sum + ids.length, 0);
        expect(count).toBeGreaterThan(ROUNDS * 64);
        for (const [stream, ids] of acknowledged) {
          const found = stored.get(stream) ?? [];
          // One append per stream may have reached the disk without its answer reaching the client.
          expect(found.length - ids.length).toBeLessThanOrEqual(1);
          expect(found.slice(0, ids.length)).toEqual(ids);
          expect(new Set(found).size).toBe(found.length);
        }
      });
    },
    60_000 + ROUNDS * LONGEST_ROUND_MS,
  );
});
