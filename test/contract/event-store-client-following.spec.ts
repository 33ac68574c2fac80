import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  START,
  type Position,
  type StreamMetadata,
} from '@eventstore/db-client';
import { WAYS, type Way } from './event-store/client-ways.js';

const ADMINS = ['admin'];
const EVERYTHING: StreamMetadata<Record<string, unknown>> = {
  maxAge: 2,
  cacheControl: 15,
  truncateBefore: 1,
  maxCount: 12,
  acl: {
    readRoles: ADMINS,
    writeRoles: ADMINS,
    deleteRoles: ADMINS,
    metaReadRoles: ADMINS,
    metaWriteRoles: ADMINS,
  },
  turkey: '🦃',
};

const events = (count: number, type = 'test') =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type, data: { message: 'test', index } }));

async function all<T>(read: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const event of read) found.push(event);
  return found;
}

/** The first so many of a subscription, each followed by a rest. */
async function take<T>(count: number, subscription: AsyncIterable<T>, restMs = 0): Promise<T[]> {
  const found: T[] = [];
  for await (const event of subscription) {
    if (restMs > 0) await delay(restMs);
    if (found.push(event) === count) break;
  }
  return found;
}

/** What the official client's own tests of subscriptions, `$all` and metadata ask for, where no recording does. */
describe.each(WAYS)('an event store, followed by the official client %s', (_, start) => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-following-'));
  let way: Way;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    way = await start(folder);
    client = EventStoreDBClient.connectionString(way.url());
  });
  afterAll(async () => {
    await client.dispose();
    await way.node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells a filtered subscription every so many events how far it has looked, live as well, and waits for it', async () => {
    const { position = START } = await client.appendToStream('live', events(1));
    await client.appendToStream('live', events(8));
    const checkpoints: Position[] = [];
    let [busy, disturbed] = [false, false];
    const checkpointReached = async (_: unknown, reached: Position) => {
      checkpoints.push(reached);
      busy = true;
      await delay(20);
      busy = false;
    };
    const filter = excludeSystemEvents({ checkpointInterval: 2, checkpointReached });
    const subscription = client.subscribeToAll({ fromPosition: position, filter });
    const following = take(
      384,
      subscription.on('data', () => (disturbed ||= busy)),
    );
    await once(subscription, 'confirmation');
    for (let round = 0; round < 18; round++) await client.appendToStream('live', events(20));
    await client.appendToStream('live', events(16));
    await following;
    expect(disturbed).toBe(false);
    expect([6, 7]).toContain(checkpoints.length);
  });

  it('says once that a subscription has caught up, however much is written meanwhile and however slow it is', async () => {
    const { position = START } = await client.appendToStream('slow', events(1));
    const subscription = client.subscribeToAll({ fromPosition: position });
    let caughtUp = 0;
    subscription.on('caughtUp', () => caughtUp++);
    await Promise.all([client.appendToStream('slow', events(50)), client.appendToStream('slow', events(50))]);
    await take(100, subscription, 2);
    expect(caughtUp).toBe(1);
  });

  it('follows eighty streams in turn over one connection, each from what was there to what is written', async () => {
    for (let turn = 0; turn < 80; turn++) {
      const [before, after] = [events(3), events(7)];
      await client.appendToStream(`turn-${turn}`, before, { expectedRevision: 'no_stream' });
      const subscription = client.subscribeToStream(`turn-${turn}`);
      const ids: (string | undefined)[] = [];
      for await (const { event } of subscription) {
        if (ids.push(event?.id) === 3) await client.appendToStream(`turn-${turn}`, after, { expectedRevision: 2n });
        if (ids.length === 10) break;
      }
      expect(ids).toEqual([...before, ...after].map(({ id }) => id));
    }
  });

  it('reads all from both ends, and from the position of an event on with that event', async () => {
    await client.appendToStream('ends', events(4));
    const forwards = await all(client.readAll());
    const backwards = await all(client.readAll({ direction: BACKWARDS, fromPosition: END }));
    expect(backwards).toEqual([...forwards].reverse());
    const third = forwards[2];
    const fromThird = client.readAll({ maxCount: 1, fromPosition: third?.event?.position ?? START });
    expect(await all(fromThird)).toEqual([third]);
  });

  it('keeps all that metadata may say of a stream, and nothing of what it said before', async () => {
    for (const metadata of [EVERYTHING, { maxCount: 11, turkey: '🍗' }, { maxAge: 2 }]) {
      await client.setStreamMetadata('described', metadata);
      expect((await client.getStreamMetadata('described')).metadata).toEqual(metadata);
    }
    await client.appendToStream('plain', events(1));
    expect(await client.getStreamMetadata('plain')).toEqual({ streamName: 'plain' });
  });

  it.each([
    ['JSON', { metaMessage: 'meta' }, { metaMessage: 'meta' }],
    ['a number', 2, 2],
    ['bytes', Buffer.from('no JSON'), new Uint8Array(Buffer.from('no JSON'))],
    ['nothing', undefined, undefined],
  ])('gives back the metadata of JSON and binary events that is %s', async (what, metadata, given) => {
    const data = { char: '\u0018 Ę CC ‐ 1830' };
    const both = [
      jsonEvent({ type: 'J', data, metadata } as never),
      binaryEvent({ type: 'B', data: Buffer.from([0, 255]), metadata } as never),
    ];
    const before = Date.now();
    await client.appendToStream(`metadata of ${what}`, both as never);
    const after = Date.now();
    const read = (await all(client.readStream(`metadata of ${what}`))).map(({ event }) => event);
    expect(read.map((event) => [event?.isJson, event?.data])).toEqual([
      [true, data],
      [false, new Uint8Array([0, 255])],
    ]);
    for (const event of read) {
      expect(event?.metadata).toEqual(given);
      expect(event?.created.getTime()).toBeGreaterThanOrEqual(before);
      expect(event?.created.getTime()).toBeLessThanOrEqual(after);
    }
  });
});
