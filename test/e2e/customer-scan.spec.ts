import { established, removed } from '../../projections/kernel/pair.fixture.js';
import { wordsOf } from '../../projections/customer-list/words.js';
import type { CustomerFilter } from '../../src/customers/customer-filter.js';
import { CustomerScan } from '../../src/customers/customer-scan.service.js';
import { ORIGINS } from '../../src/relationships/relationship.events.js';
import { decodeCursor } from '../../src/platform/redis/cursor.js';
import type { ReadModelReader } from '../../src/platform/redis/read-model.reader.js';
import { ReadSide } from './read-side.fixture.js';

const COUNT = 700;
const partnerId = 'contoso';
const day = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + n * 86_400_000).toISOString();

/** Every seventh is removed, every second is a Works, every hundredth came by referral. */
const customers = Array.from({ length: COUNT }, (_, n) => ({
  customerId: `c${n}`,
  name: `${['Ärger', 'Zeta', 'beta'][n % 3]} ${n % 2 === 0 ? 'Works' : 'Trading'} ${n}`,
  origin: ORIGINS[n % 100 === 0 ? 1 : 0] as (typeof ORIGINS)[number],
  since: day((n * 31) % COUNT),
  removed: n % 7 === 0,
}));

let side: ReadSide;
let scan: CustomerScan;
beforeAll(async () => {
  side = await ReadSide.start();
  scan = new CustomerScan(side.reader);
  let end = 0n;
  for (const { customerId, name, origin, since, removed: gone } of customers) {
    const details = { name, domain: `${customerId}.example` };
    const events = [established({ partnerId, customerId, origin, customer: details, at: since })];
    end = await side.record(...events, ...(gone ? [removed({ partnerId, customerId, at: day(COUNT) })] : []));
  }
  side.runner();
  await side.whole(end);
});
afterAll(() => side.stop());

const plainly = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const expected = (sort: 'name' | 'since', { words, origin, from, to }: CustomerFilter) =>
  customers
    .filter((one) => !one.removed && (origin === undefined || one.origin === origin))
    .filter((one) => (from === undefined || one.since >= from) && (to === undefined || one.since < to))
    .filter(({ name, customerId }) =>
      words.every((word) => [...plainly(name).split(' '), `${customerId}.example`].some((own) => own.startsWith(word))),
    )
    .map((one) => ({ id: one.customerId, place: sort === 'name' ? plainly(one.name) : one.since }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ id }) => id);

const allPages = async (sort: 'name' | 'since', filter: CustomerFilter, limit: number) => {
  const [found, sizes]: [string[], number[]] = [[], []];
  let after: string | null = '';
  while (after !== null) {
    const asked = { partnerId, sort, filter, after, limit, min: null };
    const answer: Awaited<ReturnType<typeof scan.page>> = await scan.page(asked);
    found.push(...answer.page.map(({ id }) => id));
    sizes.push(answer.page.length);
    after = answer.next === null ? null : decodeCursor(answer.next);
  }
  return { found, sizes };
};

describe('A long list of customers', () => {
  const filters: readonly [string, Omit<CustomerFilter, 'words'> & { q?: string }][] = [
    ['nothing', {}],
    ['a word that many have', { q: 'works' }],
    ['a word that few have', { q: 'c12' }],
    ['a word of two letters', { q: 'ze' }],
    ['two words', { q: 'arger trad' }],
    ['an origin that few have', { origin: 'vendor-referral' }],
    ['a short time', { from: day(100), to: day(140) }],
    ['a long time', { from: day(100), to: day(600) }],
    ['all of these', { q: 'works', origin: 'own-marketing', from: day(50), to: day(400) }],
  ];

  it.each(
    filters.flatMap(([name, filter]) => (['name', 'since'] as const).map((sort) => [name, sort, filter] as const)),
  )('asked for %s, by %s, holds everyone once and in order (C5)', async (_, sort, { q = '', ...rest }) => {
    const filter = { ...rest, words: wordsOf(q) };
    const { found } = await allPages(sort, filter, 50);
    expect(found).toEqual(expected(sort, filter));
    expect(found.length).toBeGreaterThan(0);
  });

  it.each(['name', 'since'] as const)(
    'has full pages by %s, however few are of the kind asked for (R16)',
    async (sort) => {
      const { sizes } = await allPages(sort, { origin: 'vendor-referral', words: [] }, 2);
      expect(sizes).toEqual([2, 2, 2]);
    },
  );

  it('costs a bounded reading for each page, however little matches', async () => {
    const { reader } = side;
    const counts: number[] = [];
    const counting = { range: (...of: Parameters<typeof reader.range>) => (counts.push(of[3]), reader.range(...of)) };
    const asked = { partnerId, sort: 'name', after: '', limit: 50, min: null } as const;
    for (const words of [[], ['works'], ['zeta', 'c12']]) {
      counts.length = 0;
      await new CustomerScan(counting as unknown as ReadModelReader).page({ ...asked, filter: { words } });
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(5 * 250 + 1);
    }
  });
});
