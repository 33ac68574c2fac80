import fc from 'fast-check';
import { fold } from '../kernel/decider.js';
import type { Dated } from '../kernel/moment.js';
import { privileges } from '../privileges/privilege.js';
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
import type { PairHistory } from './pair-history.js';
import { pairUpTo } from './pair-history.js';
import { recordIn } from './pair-record.js';
import { permissionsIn } from './permissions.js';

const roleOf = (partnerId: string) => (partnerId === PROVIDER ? 'provider' : 'reseller');
const both = (make: (partnerId: string, n: number) => PairEvent) =>
  [RESELLER, PROVIDER].map((partnerId) => (n: number) => make(partnerId, n));

/** Everything that can happen between a reseller, its provider and one customer, whatever came before it. */
const HAPPENINGS: readonly ((n: number) => PairEvent)[] = [
  (n) => enrolled(RESELLER, 'indirect-reseller', n),
  (n) => enrolled(PROVIDER, 'indirect-provider', n),
  (n) => connection('ProviderConnected', n),
  (n) => connection('ProviderDisconnected', n),
  registered,
  granted,
  revoked,
  (n) => noticeGiven(RESELLER, n),
  ...both((partnerId, n) => established(partnerId, roleOf(partnerId), n)),
  ...both((partnerId, n) => removed(partnerId, roleOf(partnerId), n)),
];

const logs = fc
  .array(fc.constantFrom(...HAPPENINGS), { maxLength: 25 })
  .map((happenings) => logOf(happenings.map((make, index) => make(index + 1))));

const TURNS = ['RelationshipEstablished', 'RelationshipRemoved'];

/** What is allowed, told naively: the last event that says anything decides. */
const naively = (log: readonly Dated<PairEvent>[]) => {
  const last = (types: readonly string[], passes: (data: Record<string, unknown>) => boolean = () => true) =>
    log.findLast(({ event }) => types.includes(event.type) && passes(event.data as never));
  const stands = (partnerId: string) =>
    last(TURNS, (data) => data['partnerId'] === partnerId)?.event.type === 'RelationshipEstablished';
  const isEnrolled = (partnerId: string) =>
    last(['PartnerEnrolled'], (data) => data['partnerId'] === partnerId) !== undefined;
  const power = last(['DelegatedAdminPrivilegesGranted', 'DelegatedAdminPrivilegesRevoked']);
  const known = last(['CustomerRegistered']) !== undefined;
  const may = (partnerId: string) => isEnrolled(partnerId) && known && stands(partnerId);
  return {
    transact: [may(RESELLER), may(PROVIDER)],
    order: [false, may(PROVIDER)],
    administer: [power?.event.type === 'DelegatedAdminPrivilegesGranted', false],
    basis: power?.id ?? null,
    turn: may(RESELLER) ? last(TURNS, (data) => data['partnerId'] === RESELLER)?.id : null,
  };
};

const folded = (log: readonly Dated<PairEvent>[]) => {
  const [reseller, provider] = [RESELLER, PROVIDER].map((of) => permissionsIn(pairOf(log, of)));
  const of = (what: 'transact' | 'order' | 'administer') => [reseller?.[what].allowed, provider?.[what].allowed];
  return {
    ...{ transact: of('transact'), order: of('order'), administer: of('administer') },
    basis: reseller?.administer.basis ?? null,
    turn: reseller?.transact.allowed ? reseller.transact.basis : null,
  };
};

describe('Whatever happened,', () => {
  it('permissions are what the last word on each says (R2, R3, R17, R22, R25)', () =>
    fc.assert(
      fc.property(logs, (log) => expect(folded(log)).toEqual(naively(log))),
      { numRuns: 1_000 },
    ));

  it('what was recorded and allowed at a moment is what replaying the log up to it gives (R25)', () =>
    fc.assert(
      fc.property(logs, fc.nat(30), (log, n) => {
        const told = (history: PairHistory) => [permissionsIn(history), recordIn(history)];
        const replayed = told(pairOf(log.slice(0, n)));
        const byPosition = { position: BigInt(10 * n + 5) };
        const byTime = { time: log[n - 1]?.recordedAt ?? (n === 0 ? '2026-01-01T00:00:00Z' : '2027-01-01T00:00:00Z') };
        expect(told(pairUpTo(pairOf(log), byPosition))).toEqual(replayed);
        expect(told(pairUpTo(pairOf(log), byTime))).toEqual(replayed);
      }),
      { numRuns: 1_000 },
    ));

  it('no removal changes who may administer, on what basis, or the privileges themselves (R25)', () =>
    fc.assert(
      fc.property(logs, (log) => {
        log.forEach(({ event }, index) => {
          if (event.type !== 'RelationshipRemoved') return;
          const [before, after] = [index, index + 1].map((end) => pairOf(log.slice(0, end)));
          if (!before || !after) throw new Error('There is always a before and an after.');
          const stateOf = ({ privileges: events }: typeof before) =>
            fold(
              privileges,
              events.map((one) => one.event),
            );
          expect(stateOf(after)).toEqual(stateOf(before));
          const [was, is] = [permissionsIn(before).administer, permissionsIn(after).administer];
          expect([is.allowed, is.basis]).toEqual([was.allowed, was.basis]);
        });
      }),
      { numRuns: 1_000 },
    ));
});
