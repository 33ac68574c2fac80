import type { CustomerDetails } from '../customers/customer.events.js';
import { Rejection } from '../kernel/rejection.js';
import { requireLink } from './draft.js';
import type { Draft, InvitationDrafted, InvitationEvent, LinkIssue, Party, PartyOutcome } from './invitation.events.js';
import type { Invitation, InvitationStatus, KnownInvitation } from './invitation.js';
import { requireGenuine, requireOwn, statusAt } from './invitation.js';

const DAY_MS = 86_400_000;
export const DEFAULT_VALID_DAYS = 30;
export const MAX_VALID_DAYS = 90;

/** Asks for a relationship: the answer is a draft (R8, C9). */
export const draft = (state: Invitation, facts: InvitationDrafted['data']): InvitationEvent[] => {
  if (state.status === 'abandoned') throw overtaken();
  if (state.status !== 'unknown') throw wrongStatus(state.status, 'new', 'C9');
  requireLink(facts.draft);
  return [{ type: 'InvitationDrafted', data: facts }];
};

/** The partner's own invitation, if it is a draft still (R11). */
export const requireEditable = (state: Invitation, partnerId: string, at: string): KnownInvitation =>
  requireStatus(requireOwn(state, partnerId), ['drafted'], at, 'R11');

/** Changes the text while it is a draft; the personal link must stay in it (R11). */
export const editDraft = (state: Invitation, partnerId: string, edited: Draft, at: string): InvitationEvent[] => {
  const known = requireEditable(state, partnerId, at);
  return [{ type: 'InvitationDraftEdited', data: { ...identity(known, at), draft: requireLink(edited) } }];
};

/** "Done": closes the draft; the partner sends the mail itself (C12, R13). The time to accept starts here (D4). */
export const send = (state: Invitation, partnerId: string, at: string): InvitationEvent[] => {
  const known = requireStatus(requireOwn(state, partnerId), ['drafted'], at, 'C12');
  return [{ type: 'InvitationSent', data: { ...identity(known, at), expiresAt: expiryOf(known, at) } }];
};

/** The partner takes the invitation back, draft or sent (D4). */
export const cancel = (state: Invitation, partnerId: string, at: string): InvitationEvent[] => {
  const known = requireStatus(requireOwn(state, partnerId), ['drafted', 'sent'], at, 'D4');
  return [{ type: 'InvitationCancelled', data: identity(known, at) }];
};

/** A new link for an invitation that is out; the old one dies, and the time to accept starts anew (D4). */
export const reissue = (state: Invitation, partnerId: string, link: LinkIssue, at: string): InvitationEvent[] => {
  const known = requireStatus(requireOwn(state, partnerId), ['sent'], at, 'D4');
  return [{ type: 'InvitationLinkReissued', data: { ...identity(known, at), link, expiresAt: expiryOf(known, at) } }];
};

/** Notes that an invitation has expired; one that has not is left as it is (D4). */
export const noteExpiry = (state: KnownInvitation, at: string): InvitationEvent[] =>
  state.status === 'sent' && state.expiresAt !== undefined && statusAt(state, at) === 'expired'
    ? [{ type: 'InvitationExpired', data: { ...identity(state, at), expiresAt: state.expiresAt } }]
    : [];

/** Ends an invitation whose request was never completed, so that it never can be (D5). */
export const abandon = (state: Invitation, invitationId: string, at: string): InvitationEvent[] =>
  state.status === 'unknown' ? [{ type: 'InvitationAbandoned', data: { invitationId, partnerIds: [], at } }] : [];

export interface Acceptance {
  readonly secretSha256: string;
  readonly customerId: string;
  readonly customer: CustomerDetails;
  readonly grantPrivileges: boolean;
  /** The partners that are authorised; null for all of them, the default (D1). */
  readonly authorise: readonly string[] | null;
  readonly at: string;
}

/** The customer accepts, once, with the genuine link, in time (R14, D1, D4, D6). */
export const accept = (state: Invitation, by: Acceptance): InvitationEvent[] => {
  const known = requireStatus(requireGenuine(state, by.secretSha256), ['sent'], by.at, 'D4');
  requireAuthorised(known, by.authorise);
  const outcomes = known.parties.map((party) => outcomeFor(party, known, by));
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

const expiryOf = ({ validForDays }: KnownInvitation, from: string): string =>
  new Date(Date.parse(from) + validForDays * DAY_MS).toISOString();

const identity = ({ invitationId, parties }: KnownInvitation, at: string) => ({
  invitationId,
  partnerIds: parties.map(({ partnerId }) => partnerId),
  at,
});

/** At least one party, and none that was not asked for (D1). Nobody at all is a refusal. */
const requireAuthorised = ({ parties }: KnownInvitation, authorise: readonly string[] | null): void => {
  const asked = parties.map(({ partnerId }) => partnerId);
  if (authorise === null || (authorise.length > 0 && authorise.every((partnerId) => asked.includes(partnerId)))) return;
  throw new Rejection('invalid', 'not-a-party', `Authorise one or more of ${asked.join(', ')}.`, {
    rule: 'D1',
    pointer: '/authorise',
    state: 'sent',
    next: 'To authorise nobody, decline the invitation.',
  });
};

/** Privileges are asked for by the invitation and granted or refused by the customer (D3); a provider gets none (R22). */
const outcomeFor = (
  party: Party,
  { privilegesRequested }: KnownInvitation,
  { authorise, grantPrivileges }: Acceptance,
): PartyOutcome => {
  const authorised = authorise?.includes(party.partnerId) ?? true;
  const asked = privilegesRequested && party.role === 'reseller';
  const privileges = !asked ? 'not-requested' : authorised && grantPrivileges ? 'granted' : 'refused';
  return { ...party, authorised, privileges };
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

const overtaken = (): Rejection =>
  new Rejection('conflict', 'invitation-abandoned', 'This request took too long; another one has taken its place.', {
    rule: 'D5',
    state: 'abandoned',
    next: 'Look for the open invitation, or repeat the request with a new Idempotency-Key.',
  });

const NEXT: Readonly<Record<InvitationStatus, string>> = {
  unknown: 'Ask for an invitation.',
  abandoned: 'Invite the customer anew.',
  drafted: 'Let the partner close the draft first.',
  sent: 'It is with the customer now: re-issue its link, or cancel it and invite anew.',
  accepted: 'Nothing is left to do: its relationships stand, or follow by themselves.',
  declined: 'Invite the customer anew.',
  cancelled: 'Invite the customer anew.',
  expired: 'Invite the customer anew.',
};

const wrongStatus = (status: InvitationStatus, needed: string, rule: string): Rejection =>
  new Rejection('conflict', `invitation-${status}`, `The invitation is ${status}; this needs one that is ${needed}.`, {
    rule,
    state: status,
    next: NEXT[status],
  });
