import { CUSTOMERS, customerList, customersBy } from '../../projections/customer-list/customer-list.js';
import { established } from '../../projections/kernel/pair.fixture.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import { ReadSide, until } from './read-side.fixture.js';

const PLACE = { model: customerList, shard: shardOf('partner-0'), min: null };
const invited = (n: number) => ({
  type: 'InvitationCancelled' as const,
  data: { invitationId: `i-${n}`, partnerIds: ['partner-0'], at: '2026-03-01T09:00:00.000Z' },
});

describe('read models', () => {
  let side: ReadSide;
  beforeEach(async () => (side = await ReadSide.start()));
  afterEach(() => side.stop());

  const list = (min: bigint | null = null) =>
    side.reader.index({ ...PLACE, min }, CUSTOMERS, customersBy('name', 'partner-0'), '', 50);

  it('go on where they were after a restart, as if there had been none', async () => {
    const first = side.runner();
    await side.whole(await side.recordPairs(0, 20));
    await first.stop();
    const end = await side.recordPairs(20, 40);
    side.runner();
    await side.whole(end);
    const once = await side.contents();
    await side.redis.flushall();
    side.runner();
    await side.whole(end);
    expect(await side.contents()).toEqual(once);
  });

  it('come back by themselves after a FLUSHALL while events come in, and equal what they were', async () => {
    side.runner();
    await side.whole(await side.recordPairs(0, 20));
    const writing = side.recordPairs(20, 120);
    await side.redis.flushall();
    const end = await writing;
    await side.whole(end);
    const after = await side.contents();
    await side.redis.flushall();
    await side.whole(end);
    expect(await side.contents()).toEqual(after);
    expect(Object.keys(after).length).toBeGreaterThan(100);
  });

  it('notice a FLUSHALL while nothing happens, and show nothing half-built meanwhile', async () => {
    side.runner();
    const end = await side.recordPairs(0, 20);
    await side.whole(end);
    const before = await side.contents();
    const shown = await list();
    await side.redis.flushall();
    await expect(list()).rejects.toMatchObject({ code: 'read-model-rebuilding', retryAfterSeconds: 1 });
    await side.whole(end);
    expect(await side.contents()).toEqual(before);
    expect(await list()).toEqual(shown);
  });

  it('reach the position of an event that changes nothing in them, at once', async () => {
    side.runner();
    await side.whole(await side.recordPairs(0, 2));
    const position = await side.record(invited(1));
    expect((await list(position)).position).toBe(position);
  });

  it('are fenced: two feeders of the same shards at once build what one builds', async () => {
    const feeders = [side.feed(), side.feed()];
    await side.recordPairs(0, 100);
    await side.redis.flushall();
    const end = await side.recordPairs(100, 150);
    await side.whole(end);
    const together = await side.contents();
    await Promise.all(feeders.map((feeder) => feeder.stop()));
    await side.redis.flushall();
    side.runner();
    await side.whole(end);
    expect(together).toEqual(await side.contents());
  });

  it('R14, C5: list by name in pages that a customer added meanwhile does not upset', async () => {
    side.runner();
    const named = (name: string) =>
      established({ partnerId: 'partner-0', customerId: name, customer: { name, domain: 'x.example' } });
    await side.whole(await side.record(named('Alpha'), named('beta'), named('Delta')));
    const pageAfter = (after: string) =>
      side.reader.index(PLACE, CUSTOMERS, customersBy('name', 'partner-0'), after, 2).then(({ found }) => found);
    const [, second] = await pageAfter('');
    await side.whole(await side.record(named('aardvark'), named('Caesar')));
    const rest = await pageAfter(second?.member ?? '');
    expect(rest.map(({ packed }) => customerList.unpack(packed).get('partner-0')?.customer?.name)).toEqual([
      'Caesar',
      'Delta',
    ]);
  });

  it('answer within a second that they cannot while Redis is frozen, and go on by themselves', async () => {
    side.runner();
    await side.whole(await side.recordPairs(0, 10));
    side.redisServer.kill('SIGSTOP');
    const asked = Date.now();
    await expect(list()).rejects.toMatchObject({ code: 'read-model-unavailable', retryAfterSeconds: 1 });
    expect(Date.now() - asked).toBeLessThan(1_000);
    const end = await side.recordPairs(10, 20);
    side.redisServer.kill('SIGCONT');
    await side.whole(end);
    expect((await list()).position).toBeGreaterThanOrEqual(end);
  });

  it('halt alone when a projection fails on an event; the others go on', async () => {
    const broken = {
      name: 'broken',
      version: 1,
      concerns: () => true,
      changes: async () => {
        throw new TypeError('no such field');
      },
    };
    const runner = side.runner([broken, ...READ_MODELS]);
    const end = await side.recordPairs(0, 5);
    await until(() => runner.projectors.some(({ halted, model }) => halted && model.name === 'broken'));
    await side.whole(end);
    expect((await list(end)).position).toBe(end);
  });
});
