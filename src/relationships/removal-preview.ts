import type { PairHistory } from '../customers/pair-history.js';
import { fold } from '../kernel/decider.js';
import type { PrivilegesAsOf } from '../privileges/privilege.js';
import { privilegesAsOf } from '../privileges/privileges-as-of.js';
import type { RelationshipEvent, RelationshipRole, TerminationNotice } from './relationship.events.js';
import { relationship, requireEstablished, requireNotice } from './relationship.js';
import { NO_NOTICE_GENERATED, remarkOnNotice, remarkOnPrivileges } from './remarks.js';

/** The relationship of another partner with the same customer. */
export interface StayingRelationship {
  readonly partnerId: string;
  readonly role: RelationshipRole;
  readonly since: string;
}

/** An invitation that stays open whatever becomes of the relationship. */
export interface OpenInvitationLeft {
  readonly invitationId: string;
  readonly partnerIds: readonly string[];
  readonly status: 'drafted' | 'sent';
  readonly expiresAt: string | null;
}

/** What a removal would end, and what it would not. */
export interface RemovalPreview {
  readonly role: RelationshipRole;
  readonly since: string;
  /** Exactly as they are, also afterwards (R25). */
  readonly privileges: PrivilegesAsOf;
  /** Of the providers that the partner is or was connected to, and of whoever was invited along with it; each stays (D2). */
  readonly staying: readonly StayingRelationship[];
  /** To the contact whose acceptance the relationship rests on; none of them is cancelled by the removal. */
  readonly openInvitations: readonly OpenInvitationLeft[];
  readonly notice: (TerminationNotice & { readonly generatedByThisService: false }) | null;
  readonly consequences: readonly string[];
}

const plain = <E>(events: readonly { readonly event: E }[]): E[] => events.map(({ event }) => event);

const stayingIn = ({ providers }: PairHistory): StayingRelationship[] =>
  [...providers].flatMap(([partnerId, events]) => {
    const state = fold(relationship, plain<RelationshipEvent>(events));
    return state.status === 'established' ? [{ partnerId, role: state.role, since: state.since }] : [];
  });

const inWords = (
  privileges: PrivilegesAsOf,
  staying: readonly StayingRelationship[],
  open: readonly OpenInvitationLeft[],
  notice: TerminationNotice | null,
) => [
  "The customer leaves this partner's list.",
  remarkOnPrivileges(privileges),
  ...staying.map(({ partnerId, role }) => `The relationship of ${partnerId} as ${role} stays in place.`),
  ...open.map(({ invitationId }) => `The invitation ${invitationId} stays open: accepted, it establishes anew.`),
  notice ? remarkOnNotice(notice) : 'The removal is to state whether the agreement requires legal notice, and to whom.',
  NO_NOTICE_GENERATED,
];

/**
 * What removing the relationship would mean, by this history, and with these invitations open (C23, R24 to R29, D5).
 * @throws Rejection as the removal itself would
 */
export const removalPreview = (
  history: PairHistory,
  notice: TerminationNotice | null,
  openInvitations: readonly OpenInvitationLeft[],
): RemovalPreview => {
  const { role, since } = requireEstablished(fold(relationship, plain(history.relationship)));
  if (notice) requireNotice(notice);
  const privileges = privilegesAsOf(history.privileges);
  const staying = stayingIn(history);
  const stated = notice && { ...notice, generatedByThisService: false as const };
  const consequences = inWords(privileges, staying, openInvitations, notice);
  return { role, since, privileges, staying, openInvitations, notice: stated, consequences };
};
