/** An event as the log holds it. */
export interface Logged {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly type: string;
  // What each type holds is checked field by field where it is used.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly metadata: {
    readonly commandId: string;
    readonly correlationId: string;
    readonly actor: { readonly kind: string; readonly subject: string; readonly through?: string };
  };
}

interface Pair {
  partnerId: string;
  customerId: string;
  established: Logged | null;
  removed: Logged | null;
  granted: Logged | null;
  revoked: Logged | null;
}

/** The plainest possible reading of the log, written without a look at the projections. */
const pairs = (log: readonly Logged[]): Pair[] => {
  const all = new Map<string, Pair>();
  for (const event of log) {
    const { partnerId, customerId } = event.data;
    const id = `${partnerId}~${customerId}`;
    const none = { established: null, removed: null, granted: null, revoked: null };
    const pair = all.get(id) ?? { partnerId, customerId, ...none };
    if (event.type === 'RelationshipEstablished') all.set(id, { ...pair, established: event, removed: null });
    if (event.type === 'RelationshipRemoved') all.set(id, { ...pair, removed: event });
    if (event.type === 'DelegatedAdminPrivilegesGranted') all.set(id, { ...pair, granted: event, revoked: null });
    if (event.type === 'DelegatedAdminPrivilegesRevoked') all.set(id, { ...pair, revoked: event });
  }
  return [...all.values()];
};

const sorted = <T>(items: T[], by: (item: T) => string): T[] =>
  [...items].sort((one, other) => (by(one) < by(other) ? -1 : 1));

/** What a partner's customer list has to show after these events. */
export const customersOf = (log: readonly Logged[], partnerId: string) => {
  const standing = pairs(log).filter((pair) => pair.partnerId === partnerId && pair.established && !pair.removed);
  const items = standing.map(({ customerId, established, granted, revoked }) => {
    const { role, origin, at: since, customer } = established?.data ?? {};
    const privileges = granted === null ? 'none-recorded' : revoked === null ? 'in-force' : 'revoked';
    return { customerId, name: customer.name, domain: customer.domain, role, origin, since, privileges };
  });
  return sorted(items, ({ name, customerId }) => `${name.toLowerCase()} ${customerId}`);
};

/** What the list of all residual privileges has to show after these events. */
export const residualsIn = (log: readonly Logged[]) => {
  const residual = pairs(log).filter(({ removed, granted, revoked }) => removed && granted && !revoked);
  const items = residual.map(({ partnerId, customerId, removed, granted }) => {
    return { partnerId, customerId, since: granted?.data.at, basis: granted?.id, removedAt: removed?.data.at };
  });
  return sorted(items, ({ partnerId, customerId, removedAt }) => `${removedAt} ${partnerId}~${customerId}`);
};

/** What the audit trail has to show after these events, its words left aside. */
export const trailOf = (log: readonly Logged[]) =>
  log
    .filter(({ type }) => type !== 'InvitationReserved')
    .map(({ id, stream, revision, position, type, data, metadata }) => ({
      position: position.toString(),
      eventId: id,
      stream,
      revision: revision.toString(),
      type,
      at: data.at,
      actor: { subject: metadata.actor.subject, through: metadata.actor.through ?? null },
      partnerIds: data.partnerIds ?? (data.partnerId ? [data.partnerId] : []),
      customerId: data.customerId ?? null,
      invitationId: data.invitationId ?? data.by?.invitationId ?? null,
    }));

const CLOSED: Readonly<Record<string, string>> = {
  InvitationAccepted: 'accepted',
  InvitationDeclined: 'declined',
  InvitationCancelled: 'cancelled',
};

/** What a partner's invitations that have come to this end, or to none, have to show after these events. */
export const invitationsOf = (log: readonly Logged[], partnerId: string, status: string) => {
  const ends = new Map(log.flatMap((event) => (CLOSED[event.type] ? [[event.data.invitationId, event] as const] : [])));
  const drafted = log.filter(({ type, data }) => type === 'InvitationDrafted' && data.partnerIds.includes(partnerId));
  const items = drafted.flatMap(({ data: { invitationId, origin, at } }) => {
    const end = ends.get(invitationId);
    const is = end ? CLOSED[end.type] : 'open';
    const closed = { closedAt: end?.data.at ?? null, customerId: end?.data.customerId ?? null };
    return is === status ? [{ invitationId: invitationId as string, origin, draftedAt: at, ...closed }] : [];
  });
  return sorted(items, ({ invitationId }) => invitationId);
};
