import type { Manageable, Standing } from './manageable.js';
import { manageable } from './manageable.js';

const REMOVED = '2026-03-11T09:00:00.000Z';
const inForce = { since: '2026-03-01T09:00:00.000Z', revokedAt: null, basis: 'event-2' };
const reseller: Standing = { role: 'reseller', removedAt: null, privileges: inForce };
const allowedIn = (of: Manageable) => Object.entries(of).flatMap(([what, { allowed }]) => (allowed ? [what] : []));

describe('what a partner may manage (C15)', () => {
  it('C15: with relationship and privileges, everything', () =>
    expect(allowedIn(manageable(reseller))).toEqual(['account', 'services', 'users', 'licences']));

  it('C15, D3: without recorded privileges, account and services only', () => {
    const of = manageable({ ...reseller, privileges: null });
    expect(allowedIn(of)).toEqual(['account', 'services']);
    expect(of.users.because).toBe('No delegated admin privileges are recorded.');
  });

  it('R25: after a removal users and licences still, because the privileges persist', () => {
    const of = manageable({ ...reseller, removedAt: REMOVED });
    expect(allowedIn(of)).toEqual(['users', 'licences']);
    expect(of.users.because).toContain('by event event-2 and persist');
    expect(of.account.because).toBe(`The relationship was removed at ${REMOVED}.`);
  });

  it('D3: once their revocation is recorded, no users and no licences', () => {
    const revoked = { ...inForce, revokedAt: '2026-03-20T09:00:00.000Z', basis: 'event-4' };
    expect(allowedIn(manageable({ ...reseller, removedAt: REMOVED, privileges: revoked }))).toEqual([]);
    expect(manageable({ ...reseller, privileges: revoked }).users.because).toContain('revoked at 2026-03-20');
  });

  it('R22: a provider manages nothing', () =>
    expect(allowedIn(manageable({ ...reseller, role: 'provider', privileges: null }))).toEqual([]));
});
