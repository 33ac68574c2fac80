import { ORIGINS, PORTALS } from '../../src/relationships/relationship.events.js';
import { characteristicsOf, kindOf, kindsOf } from './kinds.js';

const invited = ORIGINS.map((origin) => ({ source: 'invitation', origin }) as const);
const imported = PORTALS.map((source) => ({ source, origin: null }));
const all = (['reseller', 'provider'] as const).flatMap((role) =>
  [...invited, ...imported].map((from) => ({ role, ...from })),
);

describe('The kind of a relationship', () => {
  it('says its role, its source and its origin in two characters (R3, R4, R16)', () => {
    for (const one of all) expect(characteristicsOf(kindOf(one))).toEqual(one);
    expect(new Set(all.map(kindOf)).size).toBe(all.length);
    expect(all.map(kindOf).every(({ length }) => length === 2)).toBe(true);
    expect(characteristicsOf('')).toBeNull();
  });

  it.each([
    [{}, []],
    [{ origin: 'vendor-referral' }, ['rv', 'pv']],
    [{ role: 'provider', source: 'invitation' }, ['po', 'pv', 'pi']],
    [{ source: 'azure-portal' }, ['ra', 'pa']],
    [{ source: 'azure-portal', origin: 'own-marketing' }, ['--']],
  ])('is one of those asked for by %j: %j (C5)', (asked, kinds) => expect(kindsOf(asked)).toEqual(kinds));
});
