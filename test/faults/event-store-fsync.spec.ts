import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { scratchFolder } from '../support/servers.js';
import { TracedNode, tracingObstacle, type Span } from './event-store/traced-node.js';

const APPENDS = 200;
const ROUNDS = 20;
const AT_ONCE = 16;

const contains = (outer: Span, inner: Span) => outer.from <= inner.from && inner.to <= outer.to;

/** An append, from before it is sent until after it is acknowledged. */
const append = async (client: EventStoreDBClient, stream: string): Promise<Span> => {
  const from = Date.now();
  await client.appendToStream(stream, jsonEvent({ type: 'Noted', data: {} }));
  return { from, to: Date.now() + 1 };
};

/** The spans that no sync of their own lies in. */
const unsynced = (appends: readonly Span[], syncs: readonly Span[]): Span[] => {
  const unused = [...syncs];
  return appends.filter((span) => {
    const found = unused.findIndex((sync) => contains(span, sync));
    unused.splice(0, found + 1);
    return found === -1;
  });
};

/** What appends were made to a node under the tracer, and what it put on disk. */
const trace = async (use: (client: EventStoreDBClient) => Promise<Span[]>) => {
  const folder = await scratchFolder();
  try {
    const node = await TracedNode.start(`${folder.path}/data`, `${folder.path}/strace`);
    const client = EventStoreDBClient.connectionString(node.url);
    const appends = await use(client);
    await client.dispose();
    return { appends, syncs: await node.stop() };
  } finally {
    await folder.remove();
  }
};

const obstacle = tracingObstacle();

if (obstacle) {
  it(`WAS NOT SHOWN HERE that appends are on disk when they are answered: ${obstacle}`, () => {
    console.warn(`Durability was not traced: ${obstacle}. With REQUIRE_STRACE set this fails.`);
    expect(process.env['REQUIRE_STRACE']).toBeUndefined();
  });
} else {
  describe('an event store whose system calls are watched', () => {
    it(`puts each of ${APPENDS} appends on disk between receiving and acknowledging it`, async () => {
      const { appends, syncs } = await trace(async (client) => {
        const spans: Span[] = [];
        while (spans.length < APPENDS) spans.push(await append(client, 'one-by-one'));
        return spans;
      });
      expect(syncs.length).toBeGreaterThanOrEqual(APPENDS);
      expect(unsynced(appends, syncs)).toEqual([]);
    });

    it('puts appends that come together on disk together, and acknowledges none before', async () => {
      const { appends, syncs } = await trace(async (client) => {
        const spans: Span[] = [];
        const together = () => Promise.all(Array.from({ length: AT_ONCE }, (_, i) => append(client, `stream-${i}`)));
        for (let round = 0; round < ROUNDS; round++) spans.push(...(await together()));
        return spans;
      });
      expect(appends.filter((span) => !syncs.some((sync) => contains(span, sync)))).toEqual([]);
      expect(syncs.length).toBeLessThan(appends.length);
    });
  });
}
