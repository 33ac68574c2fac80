import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { customerList } from '../../projections/customer-list/customer-list.js';
import { documentModel, logModel } from '../../projections/kernel/changes.js';
import type { CustomerRecords } from '../../projections/customer-list/customer-record.js';
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

  it('that do not concern a shard let it trail, but for the one that makes it whole', async () => {
    const projector = new Projector(logModel(auditTrail), keys, side.batches);
    await projector.load();
    await projector.apply({ ...first, atEnd: false });
    const [underWay, atEnd, further] = [100n, 200n, 300n].map((more) => (third.position ?? 0n) + more) as [
      bigint,
      bigint,
      bigint,
    ];
    const standsAt = async (batch: Partial<ShardBatch>) => {
      await projector.apply({ facts: [], position: null, atEnd: true, ...batch });
      return [projector.position, projector.trails, projector.isWhole];
    };
    expect(await standsAt({ position: underWay, atEnd: false })).toEqual([first.position, true, false]);
    expect(await standsAt({ position: atEnd })).toEqual([atEnd, false, true]);
    expect(await standsAt({ position: further })).toEqual([atEnd, true, true]);
  });

  describe('that concern the same document', () => {
    const model = documentModel(customerList);
    const listed = new Keyspace(customerList.name, '1.1', keys.shard);
    const stored = async () => {
      const [packed] = await side.redis.hvals(listed.documents('customers'));
      return customerList.unpack(packed ?? '').get(established().data.partnerId);
    };
    const after = facts.reduce<CustomerRecords | null>((doc, fact) => customerList.evolve(doc, fact), null);
    const expected = after?.get(established().data.partnerId);
    const started = async () => {
      const projector = new Projector(model, listed, side.batches);
      await projector.load();
      return projector;
    };

    it('each go on from what the one before has made of it', async () => {
      const projector = await started();
      await Promise.all(batches.map((batch) => projector.apply(batch)));
      expect(await stored()).toEqual(expected);
      expect(await side.redis.keys(`${listed.index('name')}*`)).toEqual([]);
    });

    it('come to the same when another projector takes the same steps, or others, at the same time', async () => {
      const [one, other] = [await started(), await started()];
      const whole: ShardBatch = { facts, position: third.position, atEnd: true };
      const work = [...batches.map((batch) => one.apply(batch)), other.apply(first), other.apply(whole)];
      expect((await Promise.allSettled(work)).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
      expect(await stored()).toEqual(expected);
      expect(await side.redis.get(listed.checkpoint)).toBe(positionText(third.position ?? 0n));
    });

    it('are begun anew from what is stored once one was in vain', async () => {
      const [one, other] = [await started(), await started()];
      await other.apply({ ...first, position: second.position, facts: facts.slice(0, 2) });
      await Promise.all(batches.map((batch) => one.apply(batch)));
      expect(await stored()).toEqual(expected);
    });
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
