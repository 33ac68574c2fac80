import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { logModel } from '../../projections/kernel/changes.js';
import { history } from '../../projections/kernel/history.fixture.js';
import { established, granted, removed } from '../../projections/kernel/pair.fixture.js';
import { shardOf } from '../../projections/kernel/shard.js';
import type { ShardBatch } from '../../projections/runner/projector.js';
import { Projector } from '../../projections/runner/projector.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { positionText } from '../../src/platform/redis/position.js';
import { ReadSide } from './read-side.fixture.js';

/** The same connection, of which one answer gets lost when it is told so. */
const losing = (redis: ReadModelRedis) => {
  let lose = false;
  const applyBatch: ReadModelRedis['applyBatch'] = (...args) => {
    if (!lose) return redis.applyBatch(...args);
    lose = false;
    return Promise.reject(new Error('Command timed out'));
  };
  const connection: ReadModelRedis = Object.create(redis, { applyBatch: { value: applyBatch } });
  return { connection, loseOne: () => (lose = true) };
};

describe('batches that are handed over before the one before is done', () => {
  let side: ReadSide;
  beforeEach(async () => (side = await ReadSide.start()));
  afterEach(() => side.stop());

  const facts = history([established(), granted(), removed()]);
  const keys = new Keyspace(auditTrail.name, '1.1', shardOf(established().data.partnerId));
  const batches = facts.map((fact): ShardBatch => ({ facts: [fact], position: fact.position, atEnd: true }));
  const [first, second, third] = batches as [ShardBatch, ShardBatch, ShardBatch];
  const kept = async () => (await side.redis.xrange(keys.log, '-', '+')).map(([id]) => BigInt(id.split('-')[0] ?? ''));

  it('are applied one after the other', async () => {
    const projector = new Projector(logModel(auditTrail), keys, side.batches);
    await projector.load();
    await Promise.all(batches.map((batch) => projector.apply(batch)));
    expect(await kept()).toEqual(facts.map(({ position }) => position));
  });

  it('are not tried after one that failed, so that the checkpoint passes nothing, until the shard is taken up again', async () => {
    const { connection, loseOne } = losing(side.batches);
    const projector = new Projector(logModel(auditTrail), keys, connection);
    await projector.load();
    await projector.apply(first);
    loseOne();
    const outcomes = await Promise.allSettled([projector.apply(second), projector.apply(third)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await side.redis.get(keys.checkpoint)).toBe(positionText(first.position ?? 0n));
    await projector.load();
    await Promise.all([projector.apply(second), projector.apply(third)]);
    expect(await kept()).toEqual(facts.map(({ position }) => position));
  });
});
