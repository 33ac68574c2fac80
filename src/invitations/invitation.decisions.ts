import type { CustomerDetails } from '../customers/customer.events.js';
import { Rejection } from '../kernel/rejection.js';
import { requireLink } from './draft.js';
import type { Draft, InvitationDrafted, InvitationEvent, Party, PartyOutcome } from './invitation.events.js';
import type { Invitation, InvitationStatus, KnownInvitation } from './invitation.js';
import { requireGenuine, requireOwn, statusAt } from './invitation.js';

const DAY_MS = 86_400_000;
export const DEFAULT_VALID_DAYS = 30;
export const MAX_VALID_DAYS = 90;

/** Asks for a relationship: the answer is a draft (R8, C9). */
export const draft = (state: Invitation, facts: InvitationDrafted['data']): InvitationEvent[] => {
  if (state.status !== 'unknown') throw wrongStatus(state.status, 'drafted', 'C9');
  requireLink(facts.draft);
  return [{ type: 'InvitationDrafted', data: facts }];
};

/** Changes the text while it is a draft; the personal link must stay in it (R11). */
export const editDraft = (state: Invitation, partnerId: string, edited: Draft, at: string): InvitationEvent[] => {
  const known = requireStatus(requireOwn(state, partnerId), ['drafted'], at, 'R11');
  return [{ type: 'InvitationDraftEdited', data: { ...identity(known, at), draft: requireLink(edited) } }];
};

/** "Done": closes the draft; the partner sends the mail itself (C12, R13). The time to accept starts here (D4). */
export const send = (state: Invitation, partnerId: string, at: string): InvitationEvent[] => {
  const known = requireStatus(requireOwn(state, partnerId), ['drafted'], at, 'C12');
  const expiresAt = new Date(Date.parse(at) + known.validForDays * DAY_MS).toISOString();
  return [{ type: 'InvitationSent', data: { ...identity(known, at), expiresAt } }];
};

/** The partner takes the invitation back, draft or sent (D4). */
export const cancel = (state: Invitation, partnerId: string, at: string): InvitationEvent[] => {
  const known = requireStatus(requireOwn(state, partnerId), ['drafted', 'sent'], at, 'D4');
  return [{ type: 'InvitationCancelled', data: identity(known, at) }];
};

export interface Acceptance {
  readonly secretSha256: string;
  readonly customerId: string;
  readonly customer: CustomerDetails;
  readonly grantPrivileges: boolean;
  readonly at: string;
}

/** The customer accepts, once, with the genuine link, in time (R14, D1, D4, D6). */
export const accept = (state: Invitation, by: Acceptance): InvitationEvent[] => {
  const known = requireStatus(requireGenuine(state, by.secretSha256), ['sent'], by.at, 'D4');
  const outcomes = known.parties.map((party) => outcomeFor(party, known, by.grantPrivileges));
  const { customerId, customer } = by;
  return [
    {
      type: 'InvitationAccepted',
      data: { ...identity(known, by.at), customerId, customer, origin: known.origin, outcomes },
    },
  ];
};

export interface Refusal {
  readonly secretSha256: string;
  readonly customerId: string;
  readonly reason: string;
  readonly at: string;
}

/** The customer declines, with a reason (D4). */
export const decline = (state: Invitation, by: Refusal): InvitationEvent[] => {
  const known = requireStatus(requireGenuine(state, by.secretSha256), ['sent'], by.at, 'D4');
  return [
    {
      type: 'InvitationDeclined',
      data: { ...identity(known, by.at), customerId: by.customerId, reason: by.reason },
    },
  ];
};

const identity = ({ invitationId, parties }: KnownInvitation, at: string) => ({
  invitationId,
  partnerIds: parties.map(({ partnerId }) => partnerId),
  at,
});

/** Privileges are asked for by the invitation and granted or refused by the customer (D3); a provider gets none (R22). */
const outcomeFor = (party: Party, { privilegesRequested }: KnownInvitation, grant: boolean): PartyOutcome => {
  const asked = privilegesRequested && party.role === 'reseller';
  return { ...party, authorised: true, privileges: asked ? (grant ? 'granted' : 'refused') : 'not-requested' };
};

const requireStatus = (
  known: KnownInvitation,
  allowed: readonly InvitationStatus[],
  now: string,
  rule: string,
): KnownInvitation => {
  const status = statusAt(known, now);
  if (!allowed.includes(status)) throw wrongStatus(status, allowed.join(' or '), rule);
  return known;
};

const wrongStatus = (status: InvitationStatus, needed: string, rule: string): Rejection =>
  new Rejection('conflict', `invitation-${status}`, `The invitation is ${status}; this needs one that is ${needed}.`, {
    rule,
    state: status,
  });
