import { ALL_SHARDS, SHARDS } from '../../projections/kernel/shard.js';
import { LEASE_MS, Leases } from '../../src/platform/redis/leases.js';
import { ReadSide, until } from './read-side.fixture.js';

const MODEL = 'some-model:1';

describe('leases on shards', () => {
  let side: ReadSide;
  beforeEach(async () => (side = await ReadSide.start()));
  afterEach(() => side.stop());
  const holder = (name: string) => new Leases(side.redis, name, MODEL, SHARDS);

  it('are all one holder’s, and a fair share each of several, none twice', async () => {
    const [a, b, c] = [holder('a'), holder('b'), holder('c')];
    expect(await a.hold()).toEqual(ALL_SHARDS);
    expect(await b.hold()).toEqual([]);
    const [ofA, ofB] = [await a.hold(), await b.hold()];
    expect([ofA.length, ofB.length]).toEqual([4, 4]);
    await c.hold();
    const all = [...(await a.hold()), ...(await b.hold()), ...(await c.hold())];
    expect(all.sort()).toEqual(ALL_SHARDS);
    expect(new Set(await a.hold())).toEqual(new Set(ofA.slice(0, 3)));
  });

  it('pass on at once when given up', async () => {
    const [a, b] = [holder('a'), holder('b')];
    await a.hold();
    await a.release();
    expect(await b.hold()).toEqual(ALL_SHARDS);
  });

  it('pass on within ten seconds when their holder has died', async () => {
    const [a, b] = [holder('a'), holder('b')];
    const begun = Date.now();
    await a.hold();
    const died = Date.now();
    await until(async () => (await b.hold()).length === SHARDS);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(LEASE_MS - 1);
    expect(Date.now() - died).toBeLessThan(10_000);
    expect(new Set((await Leases.holders(side.redis, MODEL)).values())).toEqual(new Set(['b']));
  });

  it('move between runners as one comes and one goes, and nothing is lost or doubled', async () => {
    const [first] = [side.runner()];
    await side.whole(await side.recordPairs(0, 20));
    const second = side.runner();
    const writing = side.recordPairs(20, 200);
    const shared = () => first.projectors.length > 0 && first.projectors.length === second.projectors.length;
    await until(shared);
    await first.stop();
    const end = await writing;
    await side.whole(end);
    const moved = await side.contents();
    await side.redis.flushall();
    await side.whole(end);
    expect(await side.contents()).toEqual(moved);
  });
});
