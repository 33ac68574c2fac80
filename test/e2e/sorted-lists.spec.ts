import fc from 'fast-check';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import type { Write } from '../../src/platform/redis/read-model.writer.js';
import { takeStep } from '../../src/platform/redis/read-model.writer.js';
import { ReadSide } from './read-side.fixture.js';

const MODEL = { name: 'lists', version: 1 };
const COUNT = 1_500;
const KINDS = ['ro', 'rv', 'pa'];
const bytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

let side: ReadSide;
let keys: Keyspace;
let steps = 0n;
beforeAll(async () => {
  side = await ReadSide.start();
  const build = await side.builds.request(MODEL);
  keys = new Keyspace(MODEL.name, build, 0);
});
afterAll(() => side.stop());

const take = async (writes: readonly Write[]) => {
  const [from, to] = [steps === 0n ? null : steps, steps + 1n];
  expect(
    await takeStep(side.redis, keys, { from, to, atEnd: true, letters: { revision: '', change: false }, writes }),
  ).toMatchObject({ taken: true });
  steps = to;
};
const change = (command: 'ENTER' | 'LEAVE', list: string, ...members: readonly string[]) =>
  take(members.map((member) => ({ command, key: keys.index(list), args: [member] })));
const enterAtOnce = (list: string, members: readonly string[]) =>
  take([{ command: 'ENTER', key: keys.index(list), args: members }]);
const read = async (
  list: string,
  range: { after?: string; from?: string; to?: string; kinds?: string[] },
  count = 9_999,
) => {
  const place = { model: MODEL, shard: 0, min: null };
  return (await side.reader.range(place, 'none', { index: list, ...range }, count)).found.map(({ member }) => member);
};
/** A whole list, a page after the other. */
const pages = async (list: string): Promise<string[]> => {
  const all: string[] = [];
  for (
    let page = await read(list, {}, 1_000);
    page.length > 0;
    page = await read(list, { after: all.at(-1) ?? '' }, 1_000)
  )
    all.push(...page);
  return all;
};
/** In no order, with neighbours that begin alike, and bytes above those of ASCII. */
const members = (count: number) => Array.from({ length: count }, (_, n) => `${(n * 7_919) % count}é\0c${n}`);

describe('A sorted list', () => {
  it('holds each member once, in the order of its bytes, however many there are and in whatever order they came', async () => {
    const all = members(COUNT);
    await change('ENTER', 'all', ...all, ...all.slice(0, 300));
    expect(await read('all', {})).toEqual([...all].sort(bytes));
    expect(Number(await side.redis.zcard(`${keys.index('all')}:leaves`))).toBeGreaterThan(COUNT / 128 - 1);
  });

  it('takes thousands of members at once, in whatever order, and each once', async () => {
    const all = members(9_001);
    await enterAtOnce('at-once', [...all, ...all.slice(0, 200)]);
    expect(await pages('at-once')).toEqual([...all].sort(bytes));
    expect(1 + Number(await side.redis.zcard(`${keys.index('at-once')}:leaves`))).toBe(Math.ceil(9_001 / 128));
    await enterAtOnce('at-once', all.slice(4_000, 4_500));
    expect(await pages('at-once')).toEqual([...all].sort(bytes));
    const leaves = (await side.redis.keys('*:at-once*')).filter((one) => !one.endsWith(':leaves'));
    const encodings = await Promise.all(leaves.map((one) => side.redis.object('ENCODING', one)));
    expect(new Set(encodings)).toEqual(new Set(['listpack']));
  });

  it('takes a member as often as it comes, and each once', async () => {
    const [a, b, z] = ['a\0', 'b\0', 'z\0'] as const;
    const often = Array.from({ length: 127 }, () => a);
    await enterAtOnce('often', [z]);
    await enterAtOnce('often', [...often, b, ...often]);
    expect(await read('often', {})).toEqual([a, b, z]);
  });

  it('takes characters from every plane at once, in the order of their bytes, which is not that of a JavaScript text', async () => {
    const first = ['z', '\u{e9}', '\u{ff21}', '\u{1f600}'];
    const all = members(600).map((member, n) => `${first[n % 4]}${member}`);
    for (let from = 0; from < all.length; from += 30) await enterAtOnce('planes', all.slice(from, from + 30));
    expect(await read('planes', {})).toEqual([...all].sort(bytes));
    for (const one of all) expect(await read('planes', { from: one, to: `${one}!` })).toEqual([one]);
  });

  it('keeps no more than 128 members in one piece, filled to the brim by those that come in order', async () => {
    const all = members(COUNT).sort(bytes);
    for (const member of all) await change('ENTER', 'ordered', member);
    const leaves = await side.redis.keys(`*:ordered*`);
    const sizes = await Promise.all(
      leaves.filter((one) => !one.endsWith(':leaves')).map((one) => side.redis.zcard(one)),
    );
    expect(Math.max(...sizes)).toBe(128);
    expect(sizes).toHaveLength(Math.ceil(COUNT / 128));
    for (const leaf of leaves.filter((one) => !one.endsWith(':leaves')))
      expect(await side.redis.object('ENCODING', leaf)).toBe('listpack');
  });

  it('is empty, down to the last key, when all have left', async () => {
    const all = members(400);
    await change('ENTER', 'left', ...all);
    await change('LEAVE', 'left', ...all, 'one that never was there');
    expect(await side.redis.keys('*:left*')).toEqual([]);
    expect(await read('left', {})).toEqual([]);
  });

  it('is read from any place to any other, in pages of any size', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(COUNT - 1), fc.nat(COUNT - 1), fc.integer({ min: 1, max: 300 }), async (a, b, count) => {
        const sorted = members(COUNT).sort(bytes);
        const [after, to] = [sorted[a] ?? '', sorted[b] ?? ''];
        const between = sorted.filter((one) => bytes(one, after) > 0 && bytes(one, to) < 0);
        expect(await read('all', { after, to }, count)).toEqual(between.slice(0, count));
      }),
      { numRuns: 100 },
    ));
});

describe('A sorted list of several kinds', () => {
  const kindOf = (n: number) => KINDS[n % 10 === 0 ? 1 : n % 97 === 0 ? 2 : 0] as string;
  const all = members(COUNT).map((member, n) => ({ kind: kindOf(n), member }));
  beforeAll(() => change('ENTER', 'kinds', ...all.map(({ kind, member }) => kind + member)));

  it.each([[[]], [['ro']], [['rv', 'pa']], [['pa', 'ro', 'rv']], [['--']]])(
    'is read as one, of the kinds %j',
    (kinds) =>
      fc.assert(
        fc.asyncProperty(fc.nat(COUNT - 1), fc.integer({ min: 1, max: 300 }), async (a, count) => {
          const after = all[a]?.member ?? '';
          const asked = all.filter(({ kind }) => kinds.length === 0 || (kinds as string[]).includes(kind));
          const behind = asked.map(({ member }) => member).filter((one) => bytes(one, after) > 0);
          expect(await read('kinds', { after, kinds }, count)).toEqual(behind.sort(bytes).slice(0, count));
        }),
        { numRuns: 50 },
      ),
  );
});
