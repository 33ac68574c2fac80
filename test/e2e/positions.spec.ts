import { CUSTOMERS, customerList } from '../../projections/customer-list/customer-list.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { ReadSide, firstBuildOf, until } from './read-side.fixture.js';

const SHARD = shardOf('partner-0');
const { checkpoint } = new Keyspace(customerList.name, firstBuildOf(customerList), SHARD);
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
