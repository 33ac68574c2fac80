import type { ReadModel } from '../../projections/kernel/changes.js';
import { customerIn } from '../../projections/kernel/owners.js';
import { established, granted, removed } from '../../projections/kernel/pair.fixture.js';
import { retry } from '../../projections/runner/cli/settle.js';
import { LETTERS_LIMIT } from '../../projections/runner/letters.js';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import { parkedIn, readModelStatus } from '../../projections/runner/status.js';
import { AuditScan } from '../../src/audit/audit-scan.js';
import type { TrailOf } from '../../src/audit/trails.service.js';
import { Trails } from '../../src/audit/trails.service.js';
import { ReadSide, firstBuildOf, until } from './read-side.fixture.js';

const POISONOUS = ['customer-4', 'customer-7'];
/** As in a release that cannot take what has become of these customers first. */
const weak = (model: ReadModel): ReadModel => ({
  ...model,
  changes: async (shard, facts, read) => {
    const found = facts.find(
      ({ event, revision }) => revision === 0n && POISONOUS.includes(customerIn(event.data) ?? ''),
    );
    if (found) throw new TypeError('no such field');
    return model.changes(shard, facts, read);
  },
});
const WEAK = READ_MODELS.map(weak);
const [customers, trail] = READ_MODELS as readonly [ReadModel, ReadModel];

describe('events that are tried again by a release that can take them', () => {
  let side: ReadSide;
  beforeEach(async () => (side = await ReadSide.start()));
  afterEach(() => side.stop());
  const servers = () => ({ redis: side.batches, events: side.events });
  const parked = (model: ReadModel) => parkedIn(side.redis, model.name, firstBuildOf(model));
  /** What the models hold, however it is cut into leaves. The logs are read through the pages of the trail. */
  const shown = async () => {
    const all = Object.entries(await side.contents()).filter(([key]) => !key.endsWith(':leaves'));
    const documents = all.filter(([key]) => key.includes(':d:'));
    const tagOf = (key: string) => key.slice(0, key.indexOf('}'));
    const lists = all.filter(([key]) => key.includes(':i:'));
    const members = lists.flatMap(([key, of]) => (of as string[]).map((one) => `${tagOf(key)} ${one}`)).sort();
    const scan = new AuditScan(new Trails(side.reader));
    const whose: TrailOf[] = [
      'all',
      { partnerId: 'partner-1' },
      { customerId: 'customer-4' },
      { customerId: 'customer-5' },
    ];
    const pages = [];
    for (const of of whose)
      for (const limit of [3, 200]) {
        let page = await scan.page(of, { min: null }, {}, null, limit);
        const items = [...page.items];
        while (page.next) items.push(...(page = await scan.page(of, { min: null }, {}, page.next, limit)).items);
        pages.push(items);
      }
    return { documents, members, pages };
  };
  const rebuilt = async (end: bigint) => {
    await side.redis.flushall();
    const sound = side.runner();
    await side.whole(end);
    await until(async () => (await side.builds.state(trail.name)).live !== null);
    const all = await shown();
    await sound.stop();
    return all;
  };

  it('come to what they would have come to in their place, in every read model', async () => {
    const runner = side.runner(WEAK);
    const end = await side.recordPairs(0, 30);
    await side.whole(end);
    for (const model of [customers, trail]) expect((await parked(model)).length).toBeGreaterThanOrEqual(2);
    for (const model of READ_MODELS) await retry(servers(), model, 'all');
    for (const model of READ_MODELS) expect(await parked(model)).toEqual([]);
    const after = await shown();
    await runner.stop();
    expect(after).toEqual(await rebuilt(end));
  });

  it('are applied once and in order, though two try at once and events keep coming', async () => {
    const runner = side.runner(WEAK);
    await side.whole(await side.recordPairs(0, 30));
    const writing = side.recordPairs(30, 150);
    const twice = READ_MODELS.flatMap((model) => [retry(servers(), model, 'all'), retry(servers(), model, 'all')]);
    await Promise.all(twice);
    const end = await writing;
    await side.whole(end);
    for (const model of READ_MODELS) expect(await parked(model)).toEqual([]);
    const after = await shown();
    await runner.stop();
    expect(after).toEqual(await rebuilt(end));
  });

  it('are those asked for, with what waits for them; others stay', async () => {
    side.runner(WEAK);
    await side.whole(await side.recordPairs(0, 30));
    const [first, ...rest] = (await parked(customers)).filter(({ behind }) => behind === null);
    await retry(servers(), customers, first?.position ?? '');
    const left = await parked(customers);
    expect(left.filter(({ behind }) => behind === null)).toEqual(rest);
    expect(left.some(({ behind }) => behind === first?.position)).toBe(false);
    await expect(retry(servers(), customers, first?.position ?? '')).rejects.toThrow('nothing parked at');
  });

  it('are not waited for any more by what comes then', async () => {
    const runner = side.runner(WEAK);
    const pair = { partnerId: 'partner-0', customerId: 'customer-4' };
    await side.whole(await side.record(established(pair), granted(pair)));
    expect((await parked(customers)).length).toBe(2);
    for (const model of READ_MODELS) await retry(servers(), model, 'all');
    const end = await side.record(removed(pair));
    await side.whole(end);
    for (const model of READ_MODELS) expect(await parked(model)).toEqual([]);
    const after = await shown();
    await runner.stop();
    expect(after).toEqual(await rebuilt(end));
  });

  it('make room, and a shard that had none left goes on by itself', async () => {
    side.runner(WEAK);
    const pair = { partnerId: 'partner-0', customerId: 'customer-4' };
    const beside = { partnerId: 'partner-0', customerId: 'beside' };
    await side.record(established(pair), established(beside));
    const many = Array.from({ length: LETTERS_LIMIT + 20 }, (_, n) => (n % 2 === 0 ? granted(pair) : removed(pair)));
    const end = await side.record(...many, granted(beside), removed(pair));
    const status = async () => (await readModelStatus(side.redis, [customers]))[0];
    await until(async () => (await status())?.failure !== null);
    expect((await status())?.failure).toMatchObject({
      reason: expect.stringContaining(`${LETTERS_LIMIT} events are parked`),
    });
    expect((await status())?.parked.count).toBe(LETTERS_LIMIT);
    for (const model of READ_MODELS) await retry(servers(), model, 'all');
    await side.whole(end);
    expect((await status())?.failure).toBeNull();
    expect(await parked(customers)).toEqual([]);
  });

  it('are not tried by a release whose read model is another version', async () => {
    side.runner(WEAK);
    await side.whole(await side.recordPairs(0, 6));
    const newer = { ...customers, version: customers.version + 1 };
    await expect(retry(servers(), newer, 'all')).rejects.toThrow(`makes version ${newer.version}`);
  });
});
