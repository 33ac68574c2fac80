import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import { wordsOf } from '../../projections/customer-list/words.js';
import type { CustomerFilter } from './customer-filter.js';
import { accepts } from './customer-filter.js';

const record: CustomerRecord = {
  customer: { name: 'Adatum Indústria', domain: 'adatum.example' },
  relationship: {
    role: 'reseller',
    source: 'invitation',
    origin: 'vendor-referral',
    since: '2026-03-01T09:00:00.000Z',
    removedAt: null,
  },
  privileges: null,
};
const passes = (filter: Partial<CustomerFilter>) => accepts({ words: [], ...filter }, record);

describe('A filter of customers', () => {
  it.each([
    [{}, true],
    [{ role: 'reseller' }, true],
    [{ role: 'provider' }, false],
    [{ source: 'invitation' }, true],
    [{ source: 'azure-portal' }, false],
    [{ origin: 'vendor-referral' }, true],
    [{ origin: 'own-marketing' }, false],
    [{ from: '2026-03-01T09:00:00Z' }, true],
    [{ from: '2026-03-01T09:00:01Z' }, false],
    [{ to: '2026-03-01T09:00:01Z' }, true],
    [{ to: '2026-03-01T09:00:00Z' }, false],
    [{ role: 'reseller', origin: 'own-marketing' }, false],
  ] as const)('by %j: %s (R4, C5, R16)', (filter, expected) => {
    expect(passes(filter)).toBe(expected);
  });

  it.each([
    ['ad', true],
    ['INDÚSTRIA', true],
    ['industria adatum', true],
    ['adatum.exam', true],
    ['example', false],
    ['datum', false],
    ['adatum zeta', false],
  ])('by the beginning of each word: %s (C5)', (q, expected) => {
    expect(passes({ words: wordsOf(q) })).toBe(expected);
  });

  it('passes no customer whose relationship is removed (R24)', () => {
    const { relationship } = record;
    const removed = { ...record, relationship: relationship && { ...relationship, removedAt: '2026-04-01T09:00:00Z' } };
    expect(accepts({ words: [] }, removed)).toBe(false);
  });
});
