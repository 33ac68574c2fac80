import { CUSTOMERS, customerList } from '../../projections/customer-list/customer-list.js';
import { SHARDS, shardOf } from '../../projections/kernel/shard.js';
import { pause } from '../../src/platform/event-store/within.js';
import { buildsKey } from '../../src/platform/redis/builds.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { positionText } from '../../src/platform/redis/position.js';
import { Positions } from '../../src/platform/redis/positions.service.js';
import { PATIENCE_MS } from '../../src/platform/redis/read-model.reader.js';
import { ReadSide, firstBuildOf, until } from './read-side.fixture.js';

const SHARD = shardOf('partner-0');
const { checkpoint, live } = new Keyspace(customerList.name, firstBuildOf(customerList), SHARD);
const PLACE = { model: customerList, shard: SHARD };

describe('waiting for a position that another process reaches', () => {
  let side: ReadSide;
  beforeEach(async () => (side = await ReadSide.start()));
  afterEach(() => side.stop());
  const read = (min: bigint) => side.reader.document({ ...PLACE, min }, { group: CUSTOMERS, id: 'customer-0' });
  const commands = async () => {
    const stats = await side.batches.info('stats');
    return Number(/total_commands_processed:(\d+)/.exec(stats)?.[1]);
  };

  it('ends with the step that reaches it', async () => {
    const runner = side.runner();
    await side.whole(await side.recordPairs(0, 3));
    await runner.stop();
    const end = await side.recordPairs(3, 6);
    const waiting = read(end);
    side.runner();
    const { position, found } = await waiting;
    expect(position).toBeGreaterThanOrEqual(end);
    expect(found).toContain('Customer 0');
  });

  it('asks Redis nothing meanwhile', async () => {
    const waiting = side.positions.reached(checkpoint, 7n, Date.now() + 1_500).catch((error: unknown) => error);
    await until(async () => Number((await side.redis.pubsub('NUMSUB', checkpoint))[1]) === 1);
    await side.redis.ping();
    const before = await commands();
    expect(await waiting).toMatchObject({ code: 'read-model-late', retryAfterSeconds: 1 });
    expect((await commands()) - before).toBe(1);
  });

  it('ends with what is told while Redis is first asked, though the answer is older', async () => {
    const subscriber = side.redis.duplicate() as ReadModelRedis;
    await until(() => subscriber.status === 'ready');
    const told = new Promise((resolve) => subscriber.on('message', resolve));
    const slow = {
      get: async (key: string) => {
        const before = await side.redis.get(key);
        await side.redis.publish(key, positionText(7n));
        await told;
        return before;
      },
    };
    await side.redis.set(checkpoint, positionText(6n));
    const positions = new Positions(subscriber, slow as unknown as ReadModelRedis);
    await positions.reached(checkpoint, 7n, Date.now() + 1_500);
    positions.onApplicationShutdown();
  });

  it('concerns the one shard that is read: no other is waited for, or watched', async () => {
    const end = await side.recordPairs(0, 3);
    await side.redis.mset(checkpoint, end.toString().padStart(20, '0'), live, '1');
    await side.redis.hset(buildsKey(customerList.name), 'live', firstBuildOf(customerList));
    expect((await read(end)).position).toBe(end);
    expect(await side.redis.pubsub('CHANNELS', `{${customerList.name}:*`)).toEqual([checkpoint]);
    const other = { ...PLACE, shard: (SHARD + 1) % SHARDS, min: end };
    const late = side.reader.document(other, { group: CUSTOMERS, id: 'customer-0' });
    await expect(late).rejects.toMatchObject({ code: 'read-model-late' });
  });

  it('is shared: however many wait, the shard is watched once, and all are told by the one step', async () => {
    const wait = () => side.positions.reached(checkpoint, 7n, Date.now() + 10_000);
    const first = wait();
    await until(async () => Number((await side.redis.pubsub('NUMSUB', checkpoint))[1]) === 1);
    await side.redis.ping();
    const before = await commands();
    const others = Array.from({ length: 500 }, wait);
    await side.redis.publish(checkpoint, '00000000000000000007');
    await Promise.all([first, ...others]);
    expect((await commands()) - before).toBeLessThanOrEqual(2);
  });

  it('ends after two seconds, however often other steps are told meanwhile', async () => {
    await side.redis.hset(buildsKey(customerList.name), 'live', firstBuildOf(customerList));
    const began = Date.now();
    const late = read(2n ** 63n).catch((error: unknown) => error);
    for (let ended = false, step = 1; !ended; step += 1) {
      await side.redis.publish(checkpoint, step.toString());
      ended = await Promise.race([late.then(() => true), pause(20).then(() => false)]);
    }
    expect(await late).toMatchObject({ code: 'read-model-late' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(PATIENCE_MS - 1);
    expect(Date.now() - began).toBeLessThan(PATIENCE_MS + 500);
  });

  it('does not miss what was told while the connection was lost', async () => {
    const waiting = side.positions.reached(checkpoint, 7n, Date.now() + 10_000);
    await until(async () => Number((await side.redis.pubsub('NUMSUB', checkpoint))[1]) === 1);
    await side.redis.set(checkpoint, '00000000000000000007');
    await side.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await waiting;
  });

  it('does not trust what was known of a shard that has been emptied since', async () => {
    const runner = side.runner();
    const end = await side.recordPairs(0, 3);
    await side.whole(end);
    await read(end);
    await runner.stop();
    await side.redis.flushall();
    await expect(read(end)).rejects.toMatchObject({ code: 'read-model-rebuilding' });
    side.runner();
    await side.whole(end);
    expect((await read(end)).position).toBeGreaterThanOrEqual(end);
  });
});
