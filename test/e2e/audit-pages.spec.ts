import { AuditScan } from '../../src/audit/audit-scan.js';
import type { AuditFilter } from '../../src/audit/audit-filter.js';
import type { TrailOf } from '../../src/audit/trails.service.js';
import { Trails } from '../../src/audit/trails.service.js';
import { ReadSide } from './read-side.fixture.js';

describe('pages of the audit trail', () => {
  let side: ReadSide;
  let scan: AuditScan;
  beforeAll(async () => {
    side = await ReadSide.start();
    scan = new AuditScan(new Trails(side.reader));
    side.runner();
    await side.whole(await side.recordPairs(0, 30));
  });
  afterAll(() => side.stop());

  const walk = async (of: TrailOf, filter: AuditFilter, limit: number) => {
    const pages = [await scan.page(of, { min: null }, filter, null, limit)];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
      pages.push(await scan.page(of, { min: null }, filter, next, limit));
    return pages;
  };
  const all = async (of: TrailOf, filter: AuditFilter = {}, limit = 200) =>
    (await walk(of, filter, limit)).flatMap(({ items }) => items);

  it('hold every entry once, in log order, whatever their size', async () => {
    const whole = await all('all');
    const positions = whole.map(({ position }) => BigInt(position));
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(positions).size).toBe(75);
    for (const limit of [1, 7, 75]) expect(await all('all', {}, limit)).toEqual(whole);
  });

  it('are a partner’s, or a customer’s, and together all', async () => {
    const whole = await all('all');
    for (const partnerId of ['partner-0', 'partner-1', 'partner-2'])
      expect(await all({ partnerId }, {}, 4)).toEqual(whole.filter(({ partnerIds }) => partnerIds.includes(partnerId)));
    expect(await all({ customerId: 'customer-4' }, {}, 1)).toEqual(
      whole.filter(({ customerId }) => customerId === 'customer-4'),
    );
    expect(await all({ customerId: 'nobody' })).toEqual([]);
  });

  it('are filtered by type, actor and time', async () => {
    const whole = await all('all');
    const removals = await all('all', { type: 'RelationshipRemoved' }, 2);
    expect(removals).toEqual(whole.filter(({ type }) => type === 'RelationshipRemoved'));
    expect(await all('all', { actor: 'subject-1' })).toEqual(whole);
    expect(await all('all', { actor: 'somebody else' })).toEqual([]);
    const moment = removals[0]?.at ?? '';
    expect(await all('all', { from: moment })).toEqual(removals);
    expect(await all('all', { to: moment })).toEqual(whole.filter(({ type }) => type !== 'RelationshipRemoved'));
  });
});
