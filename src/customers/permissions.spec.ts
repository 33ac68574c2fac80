import type { PairEvent } from './pair.fixture.js';
import {
  PROVIDER,
  RESELLER,
  connection,
  enrolled,
  established,
  granted,
  logOf,
  noticeGiven,
  pairOf,
  registered,
  removed,
  revoked,
} from './pair.fixture.js';
import { permissionsIn } from './permissions.js';

const given = (...events: readonly PairEvent[]) => permissionsIn(pairOf(logOf(events)));
const givenProvider = (...events: readonly PairEvent[]) => permissionsIn(pairOf(logOf(events), PROVIDER));
const provider = enrolled(PROVIDER, 'indirect-provider');
const standing = [enrolled(), registered(), established()] as const;

describe('To transact, a partner', () => {
  it('is enrolled, its customer is known, and its own relationship stands (R2)', () => {
    const { transact } = given(...standing);
    expect(transact).toMatchObject({ allowed: true, basis: 'event-3' });
    expect(transact.because).toContain('as reseller stands since 2026-03-01');
  });

  it.each([
    ['is not enrolled (R2)', [registered(), established()], 'The partner is not enrolled.', null],
    ['has no relationship (R2)', [enrolled(), registered()], 'No relationship with this customer is recorded.', null],
    ['has removed it (R24)', [...standing, removed()], 'The relationship was removed at 2026', 'event-4'],
    ['has a customer that is not known here (R2)', [enrolled(), established()], 'not known here', null],
  ] as const)('may not when it %s', (_, events, because, basis) => {
    const { transact } = given(...events);
    expect(transact).toMatchObject({ allowed: false, basis });
    expect(transact.because).toContain(because);
  });

  it('may not since the removal, whatever is recorded of its notice (R24, R28)', () => {
    expect(given(...standing, removed(), noticeGiven()).transact).toMatchObject({ allowed: false, basis: 'event-4' });
  });

  it('has a relationship of its own: another partner’s does not count (R3, D2)', () => {
    expect(givenProvider(provider, ...standing).transact.allowed).toBe(false);
  });
});

describe('To order', () => {
  const connected = [provider, ...standing, connection('ProviderConnected')] as const;

  it('the provider needs its own relationship, and needs no more (R3, R22)', () => {
    const events = [...connected, established(PROVIDER, 'provider')];
    expect(givenProvider(...connected).order).toMatchObject({ allowed: false, basis: null, through: [] });
    expect(givenProvider(...events).order).toMatchObject({ allowed: true, basis: 'event-6', through: [] });
    expect(givenProvider(...events).administer.allowed).toBe(false);
  });

  it('the reseller goes through a connected provider that has a relationship (R17, R20)', () => {
    const { order } = given(...connected, established(PROVIDER, 'provider'));
    expect(order).toMatchObject({
      allowed: false,
      through: [{ partnerId: PROVIDER, allowed: true, basis: 'event-6' }],
    });
    expect(order.because).toContain('northwind may order');
  });

  it('the reseller is told why none of its providers may (R17, R20)', () => {
    expect(given(...standing).order.because).toContain('it is connected to none');
    const { order } = given(...connected);
    expect(order.because).toContain('none of them has a relationship with this customer');
    expect(order.through).toMatchObject([
      { allowed: false, because: 'No relationship with this customer is recorded.' },
    ]);
  });

  it('a provider that is connected no more is not named (R17)', () => {
    const events = [...connected, established(PROVIDER, 'provider'), connection('ProviderDisconnected')];
    expect(given(...events).order.through).toEqual([]);
  });

  it('another reseller is no provider (R20)', () => {
    const { order } = given(...connected, established(PROVIDER, 'reseller'));
    expect(order.through).toMatchObject([{ allowed: false, because: 'Its relationship is not as provider.' }]);
  });

  it('a reseller that has removed its relationship learns nothing of the provider’s, which stays (D2)', () => {
    const events = [...connected, established(PROVIDER, 'provider'), removed()];
    expect(given(...events).order).toMatchObject({ allowed: false, basis: 'event-7', through: [] });
    expect(givenProvider(...events).order.allowed).toBe(true);
  });
});

describe('To administer', () => {
  it('takes privileges in force (D3)', () => {
    expect(given(...standing).administer).toMatchObject({ allowed: false, basis: null });
    expect(given(...standing, granted()).administer).toMatchObject({ allowed: true, basis: 'event-4' });
    expect(given(...standing, granted(), revoked()).administer).toMatchObject({ allowed: false, basis: 'event-5' });
  });

  it('stays possible after the removal, which ends all else (R25)', () => {
    const { transact, order, administer } = given(...standing, granted(), removed());
    expect([transact.allowed, order.allowed]).toEqual([false, false]);
    expect(administer).toMatchObject({ allowed: true, basis: 'event-4' });
    expect(administer.because).toContain('persist, although the relationship was removed at');
  });

  it('takes no enrolment and no relationship: nothing is inferred (D3)', () => {
    expect(given(granted()).administer.allowed).toBe(true);
  });
});

it('belongs to one partner each: reseller and provider of a customer are told apart (R22)', () => {
  const events = [provider, ...standing, established(PROVIDER, 'provider'), granted()];
  const allowed = (of: string) => {
    const { transact, order, administer } = permissionsIn(pairOf(logOf(events), of));
    return [transact.allowed, order.allowed, administer.allowed];
  };
  expect([allowed(RESELLER), allowed(PROVIDER)]).toEqual([
    [true, false, true],
    [true, true, false],
  ]);
});
