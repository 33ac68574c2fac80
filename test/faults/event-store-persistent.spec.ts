import { EventStoreDBClient } from '@eventstore/db-client';
import { Consumer, dataOf, settingsOf, write } from '../contract/event-store/consuming.js';
import { startNode, withDataFolder } from '../contract/event-store/embedded-node.js';
import { waitFor } from '../support/wait.js';

const EVENTS = 3000;
const BUFFER = 50;
/** How many events a round handles before the node is killed. */
const ROUNDS = [137, 600, 1100, 1900];

const stream = 'consumed';
const checkpoints = `$persistentsubscription-${stream}::g-checkpoint`;
const settings = settingsOf({ checkPointLowerBound: 10, checkPointUpperBound: 100, checkPointAfter: 50 });

async function withNode<T>(data: string, use: (client: EventStoreDBClient, kill: () => Promise<void>) => Promise<T>) {
  const node = await startNode(data);
  const client = EventStoreDBClient.connectionString(node.url);
  try {
    return await use(client, () => node.kill('SIGKILL'));
  } finally {
    await node.kill('SIGKILL');
    await client.dispose().catch(() => {});
  }
}

/** Where the group goes on: after what its newest checkpoint says. */
async function nextRevision(client: EventStoreDBClient): Promise<number> {
  const newest = (await dataOf(client, checkpoints)).at(-1);
  return newest === undefined ? 0 : Number(newest) + 1;
}

describe('an event store that is killed while a group consumes', () => {
  it('sends again everything after the last checkpoint, and misses nothing', async () => {
    const handled = new Set<number>();
    /** Revisions whose acknowledgement was given to the client; the node may have got fewer. */
    const acknowledged = new Set<number>();
    const consume = (client: EventStoreDBClient, until: number, kill?: () => Promise<void>) => {
      const subscription = client.subscribeToPersistentSubscriptionToStream(stream, 'g', { bufferSize: BUFFER });
      let killed: Promise<void> | undefined;
      return new Consumer(subscription, async ({ event }) => {
        if (killed) return;
        const revision = Number(event?.revision);
        handled.add(revision);
        if (handled.size >= until && kill) killed = kill();
        acknowledged.add(revision);
        await subscription.ack({ event } as never).catch(() => {});
      });
    };

    await withDataFolder(async (data) => {
      await withNode(data, async (client) => {
        await write(client, stream, EVENTS);
        await client.createPersistentSubscriptionToStream(stream, 'g', settings);
      });
      for (const until of ROUNDS) {
        await withNode(data, async (client, kill) => {
          const next = await nextRevision(client);
          const consumer = consume(client, until, kill);
          await consumer.failed();
          expect(consumer.seen[0]).toBe(`${next}`);
        });
        await withNode(data, async (client) => {
          const next = await nextRevision(client);
          const missed = Array.from({ length: next }, (_, revision) => revision).filter((r) => !acknowledged.has(r));
          expect(missed).toEqual([]);
          expect(next).toBeGreaterThan(until - 100 - 2 * BUFFER);
        });
      }
      await withNode(data, async (client) => {
        const next = await nextRevision(client);
        const consumer = consume(client, Infinity);
        await waitFor(() => consumer.seen.includes(`${EVENTS - 1}`), { ms: 20_000, what: 'the last event is seen' });
        const expected = Array.from({ length: EVENTS - next }, (_, index) => `${next + index}`);
        expect(consumer.seen).toEqual(expected);
        await waitFor(async () => (await nextRevision(client)) === EVENTS);
      });
      expect(handled.size).toBe(EVENTS);
    });
  }, 120_000);
});
