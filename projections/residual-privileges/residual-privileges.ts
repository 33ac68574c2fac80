import type { Fact } from '../kernel/event-types.js';
import { joinFields, splitFields } from '../kernel/fields.js';
import { byTime, member } from '../kernel/member.js';
import { pairIn } from '../kernel/pair.js';
import type { DocumentKey, DocumentProjection } from '../kernel/projection.js';
import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';

/** What is known of one pair. Only pairs with privileges in force, or with a removal behind them, are kept. */
export interface PairPowers {
  /** Since when privileges are in force, and the id of the event that granted them; null when they are not. */
  readonly granted: { readonly since: string; readonly basis: string } | null;
  /** When the relationship was removed; null while it stands. */
  readonly removedAt: string | null;
}

const NOTHING: PairPowers = { granted: null, removedAt: null };

const unlessEmpty = (powers: PairPowers): PairPowers | null =>
  powers.granted === null && powers.removedAt === null ? null : powers;

const evolve = (doc: PairPowers | null, { event, id }: Fact): PairPowers | null => {
  const powers = doc ?? NOTHING;
  switch (event.type) {
    case 'DelegatedAdminPrivilegesGranted':
      return { ...powers, granted: { since: event.data.at, basis: id } };
    case 'DelegatedAdminPrivilegesRevoked':
      return unlessEmpty({ ...powers, granted: null });
    case 'RelationshipEstablished':
      return unlessEmpty({ ...powers, removedAt: null });
    case 'RelationshipRemoved':
      return { ...powers, removedAt: event.data.at };
    default:
      return doc;
  }
};

const PAIR = '~';

/** The group that holds the document of every pair on a shard. */
export const PAIRS = 'pairs';

/** The index of one partner's residual privileges, or of all on a shard; the longest standing come first. */
export const residualsOf = (partnerId: string | null): string => (partnerId === null ? 'all' : `of:${partnerId}`);

const keyOf = (partnerId: string, customerId: string): DocumentKey => ({
  owners: [partnerId],
  group: PAIRS,
  id: `${shortId(partnerId)}${PAIR}${shortId(customerId)}`,
});

/** The two of a pair, as its document's id names them. */
export const pairOf = (id: string): { partnerId: string; customerId: string } => {
  const [partnerId = '', customerId = ''] = id.split(PAIR).map(fullId);
  return { partnerId, customerId };
};

/**
 * Every pair whose relationship is removed while privileges are in force (R25). Only a recorded revocation or a new
 * relationship takes it out again; nothing is inferred (D3).
 */
export const residualPrivileges: DocumentProjection<PairPowers> = {
  name: 'residual-privileges',
  version: 1,
  key: ({ event }) => {
    const pair = pairIn(event);
    return pair && keyOf(pair.partnerId, pair.customerId);
  },
  evolve,
  entries: ({ granted, removedAt }, { id }) =>
    granted === null || removedAt === null
      ? []
      : [null, pairOf(id).partnerId].map((whose) => ({
          index: residualsOf(whose),
          member: member(byTime(removedAt), id),
        })),
  pack: ({ granted, removedAt }) =>
    joinFields([
      granted && shortTime(granted.since),
      granted && shortId(granted.basis),
      removedAt && shortTime(removedAt),
    ]),
  unpack: (packed) => {
    const [since, basis, removedAt] = splitFields(packed);
    return {
      granted: since && basis ? { since: fullTime(since), basis: fullId(basis) } : null,
      removedAt: removedAt ? fullTime(removedAt) : null,
    };
  },
};
