import { entriesOf } from '../../projections/audit-trail/audit-trail.js';
import { AuditScan } from '../../src/audit/audit-scan.js';
import type { AuditFilter } from '../../src/audit/audit-filter.js';
import { ReadModelReader } from '../../src/platform/redis/read-model.reader.js';
import { ReadSide } from './read-side.fixture.js';

describe('pages of the audit trail', () => {
  let side: ReadSide;
  let scan: AuditScan;
  beforeAll(async () => {
    side = await ReadSide.start();
    scan = new AuditScan(new ReadModelReader(side.redis));
    side.runner();
    await side.whole(await side.recordPairs(0, 30));
  });
  afterAll(() => side.stop());

  const walk = async (list: string | null, filter: AuditFilter, limit: number) => {
    const pages = [await scan.page(list, filter, undefined, limit)];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
      pages.push(await scan.page(list, filter, next, limit));
    return pages;
  };
  const all = async (list: string | null, filter: AuditFilter = {}, limit = 200) =>
    (await walk(list, filter, limit)).flatMap(({ items }) => items);

  it('hold every entry once, in log order, whatever their size', async () => {
    const whole = await all(null);
    const positions = whole.map(({ position }) => BigInt(position));
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(positions).size).toBe(75);
    for (const limit of [1, 7, 75]) expect(await all(null, {}, limit)).toEqual(whole);
  });

  it('are a partner’s, or a customer’s, and together all', async () => {
    const whole = await all(null);
    for (const partnerId of ['partner-0', 'partner-1', 'partner-2'])
      expect(await all(entriesOf.partner(partnerId).list, {}, 4)).toEqual(
        whole.filter(({ partnerIds }) => partnerIds.includes(partnerId)),
      );
    expect(await all(entriesOf.customer('customer-4').list, {}, 1)).toEqual(
      whole.filter(({ customerId }) => customerId === 'customer-4'),
    );
    expect(await all(entriesOf.customer('nobody').list)).toEqual([]);
  });

  it('are filtered by type, actor and time', async () => {
    const whole = await all(null);
    const removals = await all(null, { type: 'RelationshipRemoved' }, 2);
    expect(removals).toEqual(whole.filter(({ type }) => type === 'RelationshipRemoved'));
    expect(await all(null, { actor: 'subject-1' })).toEqual(whole);
    expect(await all(null, { actor: 'somebody else' })).toEqual([]);
    const moment = removals[0]?.at ?? '';
    expect(await all(null, { from: moment })).toEqual(removals);
    expect(await all(null, { to: moment })).toEqual(whole.filter(({ type }) => type !== 'RelationshipRemoved'));
  });
});
