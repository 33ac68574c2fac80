import { changesBetween } from './pair-changes.js';
import { pairUpTo } from './pair-history.js';
import {
  PROVIDER,
  connection,
  enrolled,
  established,
  granted,
  logOf,
  pairOf,
  registered,
  removed,
  revoked,
} from './pair.fixture.js';

const log = logOf([
  enrolled(),
  enrolled(PROVIDER, 'indirect-provider'),
  connection('ProviderConnected'),
  registered(),
  established(),
  granted(),
  removed(),
  revoked(),
  established(PROVIDER, 'provider'),
]);
const history = pairOf(log);
const between = (from: number, to: number) =>
  changesBetween(pairUpTo(history, { position: BigInt(10 * from) }), pairUpTo(history, { position: BigInt(10 * to) }));

describe('Between two moments', () => {
  it('an acceptance brings relationship, privileges and what they permit (R2, D3)', () => {
    const { relationship, privileges, permissions, events } = between(3, 6);
    expect(relationship).toMatchObject({ changed: true, before: null, after: { role: 'reseller' }, by: ['event-5'] });
    expect(privileges).toMatchObject({ changed: true, before: null, after: { revokedAt: null }, by: ['event-6'] });
    expect(permissions.transact).toMatchObject({ changed: true, by: ['event-4', 'event-5'] });
    expect(events.map(({ id }) => id)).toEqual(['event-4', 'event-5', 'event-6']);
  });

  it('a removal changes the relationship and what may be transacted, not the privileges (R25)', () => {
    const { relationship, privileges, permissions } = between(6, 7);
    expect(relationship).toMatchObject({ changed: true, by: ['event-7'] });
    expect(permissions.transact).toMatchObject({ changed: true, by: ['event-7'] });
    expect(privileges).toMatchObject({ changed: false, by: [] });
    expect(permissions.administer).toMatchObject({
      changed: false,
      before: { allowed: true },
      after: { allowed: true },
    });
  });

  it('a revocation changes who may administer (D3)', () => {
    const { privileges, permissions } = between(7, 8);
    expect(privileges.by).toEqual(['event-8']);
    expect(permissions.administer).toMatchObject({ changed: true, after: { allowed: false }, by: ['event-8'] });
  });

  it('a connected provider’s relationship changes how to order while the reseller’s stands (R17)', () => {
    const joint = pairOf(logOf([...log.slice(0, 5), log[8] as (typeof log)[number]].map(({ event }) => event)));
    const { permissions, relationship } = changesBetween(pairUpTo(joint, { position: 50n }), joint);
    expect(permissions.order).toMatchObject({ changed: true, by: ['event-6'] });
    expect([permissions.transact.changed, relationship.changed]).toEqual([false, false]);
  });

  it('what stayed as it was is changed by no event, though some concern it', () => {
    const { permissions } = between(4, 5);
    expect(permissions.transact.by).toEqual(['event-5']);
    const connected = logOf([enrolled(), registered(), established(), connection('ProviderConnected')]);
    const after = changesBetween(pairUpTo(pairOf(connected), { position: 30n }), pairOf(connected)).permissions;
    expect(after.transact).toMatchObject({ changed: false, by: [] });
    expect(after.order).toMatchObject({ changed: true, by: ['event-4'] });
  });

  it('what rests on another event has changed, though it is allowed as before (D5)', () => {
    const again = logOf([enrolled(), registered(), established(), removed(), established()]);
    const { permissions } = changesBetween(pairUpTo(pairOf(again), { position: 30n }), pairOf(again));
    expect(permissions.transact).toMatchObject({
      ...{ changed: true, before: { allowed: true }, after: { allowed: true } },
      by: ['event-4', 'event-5'],
    });
  });

  it('nothing is changed where nothing happened', () => {
    const { relationship, privileges, permissions, events } = between(7, 7);
    const changed = [relationship, privileges, ...Object.values(permissions)].map((one) => one.changed);
    expect([changed, events]).toEqual([[false, false, false, false, false], []]);
  });
});
