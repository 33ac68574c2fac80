import { CUSTOMERS, customerList, customersBy } from '../../projections/customer-list/customer-list.js';
import type { ReadModel } from '../../projections/kernel/changes.js';
import { documentModel } from '../../projections/kernel/changes.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { rebuild } from '../../projections/runner/cli/rebuild.js';
import { showStatus } from '../../projections/runner/cli/show-status.js';
import { progressLine } from '../../src/platform/cli/progress.js';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import { ReadSide, until } from './read-side.fixture.js';

const { name: NAME, version: VERSION } = customerList;
const NEWER = VERSION + 1;
const model = documentModel(customerList);
const newer: ReadModel = { ...model, version: NEWER };
const others = READ_MODELS.filter(({ name }) => name !== NAME);
const failing: ReadModel = {
  ...newer,
  changes: async (shard, facts, read) => {
    if (facts.some(({ stream }) => stream === 'of-customer-4')) throw new TypeError('no such field');
    return model.changes(shard, facts, read);
  },
};

describe('a read model that is built anew', () => {
  let side: ReadSide;
  beforeEach(async () => (side = await ReadSide.start()));
  afterEach(() => side.stop());
  const read = async (version = VERSION, readsFrom = VERSION) => {
    const place = { model: { name: NAME, version, readsFrom }, shard: shardOf('partner-0'), min: null };
    const { found } = await side.reader.index(place, CUSTOMERS, customersBy('name', 'partner-0'), '', 200);
    return found;
  };
  const isLive = (build: string) => async () => (await side.builds.state(NAME)).live === build;
  const keysOf = (build: string) => side.redis.keys(`{${NAME}:${build}:*}:[di]*`);

  it('takes the old one’s place in one step, while that answers; the old one is cleared away', async () => {
    side.runner();
    await side.whole(await side.recordPairs(0, 60));
    const before = await read();
    const building = rebuild(side.redis, model, process.stderr);
    const writing = side.recordPairs(60, 90);
    let lowest = before.length;
    for (let ended = false; !ended;) {
      ended = await Promise.race([
        building.then(() => true),
        read().then((rows) => ((lowest = Math.min(lowest, rows.length)), false)),
      ]);
    }
    expect(lowest).toBe(before.length);
    expect(await building).toContain(`build ${VERSION}.2`);
    await side.whole(await writing);
    await until(async () => (await side.builds.state(NAME)).retired.length === 0);
    expect(await keysOf(`${VERSION}.1`)).toEqual([]);
    expect((await read()).length).toBeGreaterThan(before.length);
    expect(JSON.parse(await showStatus(side.redis, READ_MODELS, true)).readModels[0]).toMatchObject({
      name: NAME,
      build: `${VERSION}.2`,
      next: null,
    });
  });

  it('is built when its version is raised; an interrupted build goes on; an older process does not undo it', async () => {
    const old = side.runner();
    await side.whole(await side.recordPairs(0, 60));
    const before = await read();
    const first = side.runner([newer, ...others]);
    await until(async () => (await side.builds.state(NAME)).next === `${NEWER}.2`);
    await first.stop();
    expect(await read()).toEqual(before);
    side.runner([newer, ...others]);
    await until(isLive(`${NEWER}.2`));
    expect(await read(NEWER)).toEqual(before);
    await expect(read(VERSION)).rejects.toMatchObject({ code: 'read-model-newer' });
    await until(async () => (await side.builds.state(NAME)).retired.length === 0);
    expect(old.projectors.some(({ keys }) => keys.model === NAME && keys.build === `${NEWER}.2`)).toBe(false);
    expect((await side.builds.state(NAME)).live).toBe(`${NEWER}.2`);
  });

  it('is not shown by a version that cannot read its stored form', async () => {
    side.runner();
    await side.whole(await side.recordPairs(0, 6));
    await expect(read(NEWER, NEWER)).rejects.toMatchObject({ code: 'read-model-rebuilding' });
    expect((await read(NEWER, VERSION)).length).toBeGreaterThan(0);
  });

  it('stops on an event that it cannot take, and names it, while the old one answers', async () => {
    const old = side.runner();
    await side.whole(await side.recordPairs(0, 20));
    await old.stop();
    const before = await read();
    side.runner([failing, ...others]);
    await expect(rebuild(side.redis, failing, process.stderr)).rejects.toThrow(/of-customer-4 at \d+: no such field/);
    expect(await read(NEWER)).toEqual(before);
    expect(await showStatus(side.redis, [failing], false)).toMatch(/stops on of-customer-4 at \d+/);
  });

  it('goes under its own name again after a FLUSHALL, and leaves nothing behind', async () => {
    side.runner();
    const end = await side.recordPairs(0, 20);
    await side.whole(end);
    await rebuild(side.redis, model, process.stderr);
    await until(async () => (await side.builds.state(NAME)).retired.length === 0);
    await side.redis.flushall();
    await until(isLive(`${VERSION}.2`));
    await side.whole(end);
    expect((await side.redis.keys(`{${NAME}:*`)).every((key) => key.startsWith(`{${NAME}:${VERSION}.2:`))).toBe(true);
  });
});

describe('the progress of a build', () => {
  it('has a pace and the time left', () => {
    expect(progressLine(0.5, 0.25, 5_000)).toBe('[###############...............]  50.0 %  5.0 %/s  10 s left');
    expect(progressLine(0, 0, 0)).toContain('time left unknown');
  });
});
