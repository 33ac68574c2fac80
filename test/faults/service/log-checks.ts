import type { Logged } from './fold.js';
import type { Acknowledged } from './journal.js';

/** What the workflow has done for the customer who accepted (D1). */
export const isFollowUp = ({ metadata }: Logged): boolean => metadata.actor.through !== undefined;
/** What a request for an invitation takes first; its answer is about the invitation alone. */
const isReservation = ({ type }: Logged): boolean => type === 'InvitationReserved';

const grouped = (log: readonly Logged[], by: (event: Logged) => string): Map<string, Logged[]> => {
  const groups = new Map<string, Logged[]>();
  for (const event of log) groups.set(by(event), [...(groups.get(by(event)) ?? []), event]);
  return groups;
};

/** Every command that was acknowledged is in the log, once, where its answer said; and nothing else is. */
export const expectAcknowledgedOnce = (log: readonly Logged[], acknowledged: readonly Acknowledged[]): void => {
  const own = grouped(
    log.filter((event) => !isFollowUp(event) && !isReservation(event)),
    ({ metadata }) => metadata.correlationId,
  );
  for (const { key, path, decided, revision, position } of acknowledged) {
    const events = own.get(key) ?? [];
    const last = events.at(-1);
    expect({ path, types: events.map(({ type }) => type) }).toEqual({ path, types: decided });
    expect(last?.revision.toString()).toBe(revision);
    if (path.endsWith('/accept')) expect(BigInt(position)).toBeGreaterThanOrEqual(last?.position ?? 0n);
    else expect(last?.position.toString()).toBe(position);
  }
  const keys = new Set(acknowledged.map(({ key }) => key));
  expect([...own.keys()].filter((key) => !keys.has(key))).toEqual([]);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const reservations = log.filter(isReservation).map(({ metadata }) => metadata.correlationId);
  expect(new Set(reservations).size).toBe(reservations.length);
};

const ALTERNATING = [
  ['RelationshipEstablished', 'RelationshipRemoved'],
  ['DelegatedAdminPrivilegesGranted', 'DelegatedAdminPrivilegesRevoked'],
];

/** No invitation is accepted twice, no relationship or privilege begins twice or ends twice. */
export const expectNothingTwice = (log: readonly Logged[]): void => {
  for (const [stream, events] of grouped(log, (event) => event.stream)) {
    const types = events.map(({ type }) => type);
    const accepted = types.filter((type) => type === 'InvitationAccepted');
    expect({ stream, accepted: accepted.length }).toEqual({ stream, accepted: Math.min(accepted.length, 1) });
    for (const [begins] of ALTERNATING.filter(([begins]) => types[0] === begins))
      expect({ stream, types }).toEqual({ stream, types: types.map((type, at) => (at % 2 ? type : begins)) });
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, at) => BigInt(at)));
  }
};

/** What one acceptance has brought about, as sentences that a failure shows. */
const consequences = (log: readonly Logged[], accepted: Logged): string[] =>
  log
    .filter((event) => isFollowUp(event) && event.metadata.correlationId === accepted.metadata.correlationId)
    .filter(({ type }) => type !== 'CustomerRegistered')
    .map(
      ({ type, data }) => `${type} ${data.partnerId} ${data.customerId} ${data.invitationId ?? data.by.invitationId}`,
    );

const expected = ({ data }: Logged): string[] =>
  data.outcomes.flatMap(({ partnerId, privileges }: { partnerId: string; privileges: string }) => {
    const about = `${partnerId} ${data.customerId} ${data.invitationId}`;
    const established = `RelationshipEstablished ${about}`;
    return privileges === 'granted' ? [established, `DelegatedAdminPrivilegesGranted ${about}`] : [established];
  });

/** Every acceptance has its customer, its relationship and what it granted, each once, in whatever order (ADR 002). */
export const expectAcceptancesComplete = (log: readonly Logged[]): void => {
  const byCorrelation = grouped(log, ({ metadata }) => metadata.correlationId);
  for (const accepted of log.filter(({ type }) => type === 'InvitationAccepted')) {
    const together = byCorrelation.get(accepted.metadata.correlationId) ?? [];
    expect(consequences(together, accepted).sort()).toEqual(expected(accepted).sort());
  }
  const registered = log.filter(({ type }) => type === 'CustomerRegistered').map(({ stream }) => stream);
  const customers = log.filter(({ type }) => type === 'InvitationAccepted').map(({ data }) => data.customerId);
  expect(registered.sort()).toEqual([...new Set(customers)].map((id) => `customer-${id}`).sort());
};

/** The log is as it has to be after commands of which these were acknowledged. */
export const expectSoundLog = (log: readonly Logged[], acknowledged: readonly Acknowledged[]): void => {
  expectAcknowledgedOnce(log, acknowledged);
  expectNothingTwice(log);
  expectAcceptancesComplete(log);
};
