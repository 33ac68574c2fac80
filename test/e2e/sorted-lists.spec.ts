import fc from 'fast-check';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
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

const change = async (command: 'ENTER' | 'LEAVE', list: string, ...members: readonly string[]) => {
  const [from, to] = [steps === 0n ? null : steps, steps + 1n];
  const writes = members.map((member) => ({ command, key: keys.index(list), args: [member] }));
  expect(await takeStep(side.redis, keys, { from, to, atEnd: true, writes })).toMatchObject({ taken: true });
  steps = to;
};
const read = async (
  list: string,
  range: { after?: string; from?: string; to?: string; kinds?: string[] },
  count = 9_999,
) => {
  const place = { model: MODEL, shard: 0, min: null };
  return (await side.reader.range(place, 'none', { index: list, ...range }, count)).found.map(({ member }) => member);
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
