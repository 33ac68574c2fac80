import type { Decider } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { Contact, Draft, InvitationEvent, LinkIssue, Locale, Party } from './invitation.events.js';
import type { Origin } from '../relationships/relationship.events.js';

/** What every invitation that exists is known by. */
export interface KnownInvitation {
  readonly status: 'drafted' | 'sent' | 'accepted' | 'declined' | 'cancelled' | 'expired';
  readonly invitationId: string;
  readonly requestedBy: string;
  readonly parties: readonly Party[];
  readonly contact: Contact;
  readonly origin: Origin;
  readonly privilegesRequested: boolean;
  readonly validForDays: number;
  readonly locale: Locale;
  readonly draft: Draft;
  readonly link: LinkIssue;
  /** Set once it is sent. */
  readonly expiresAt?: string;
  /** Set once it is accepted. */
  readonly acceptedBy?: string;
  /** Set once it is declined. */
  readonly declineReason?: string;
}
export type Invitation = { readonly status: 'unknown' | 'abandoned' } | KnownInvitation;
export type InvitationStatus = Invitation['status'];

const STATUS_AFTER = {
  InvitationCancelled: 'cancelled',
  InvitationExpired: 'expired',
} as const;

const evolveKnown = (state: KnownInvitation, event: InvitationEvent): Invitation => {
  switch (event.type) {
    case 'InvitationDrafted':
    case 'InvitationAbandoned':
      return state;
    case 'InvitationDraftEdited':
      return { ...state, draft: event.data.draft };
    case 'InvitationAccepted':
      return { ...state, status: 'accepted', acceptedBy: event.data.customerId };
    case 'InvitationDeclined':
      return { ...state, status: 'declined', declineReason: event.data.reason };
    case 'InvitationLinkReissued':
      return { ...state, link: event.data.link, expiresAt: event.data.expiresAt };
    case 'InvitationSent':
      return { ...state, status: 'sent', expiresAt: event.data.expiresAt };
    default:
      return { ...state, status: STATUS_AFTER[event.type] };
  }
};

/** Whether there is such an invitation, whatever became of it. */
export const isKnown = (state: Invitation): state is KnownInvitation => 'invitationId' in state;

export const invitation: Decider<Invitation, InvitationEvent> = {
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    if (event.type === 'InvitationDrafted') {
      const { at, partnerIds, ...known } = event.data;
      return { ...known, status: 'drafted' };
    }
    if (event.type === 'InvitationAbandoned') return { status: 'abandoned' };
    return isKnown(state) ? evolveKnown(state, event) : state;
  },
};

/** The status at a moment: expiry depends on the time alone, not on a process having been up (D4). */
export const statusAt = (state: Invitation, now: string): InvitationStatus =>
  isKnown(state) && state.status === 'sent' && state.expiresAt !== undefined && now >= state.expiresAt
    ? 'expired'
    : state.status;

/** The same words whoever asks and whatever the reason, so that a guess learns nothing (D6). */
export const unknownInvitation = (): Rejection =>
  new Rejection(
    'not-found',
    'invitation-not-found',
    'There is no such invitation, or the link is not its genuine one.',
  );

/** The invitation, if this partner is one of its parties; another partner's is as good as none. */
export const requireParty = (state: Invitation, partnerId: string): KnownInvitation => {
  if (!isKnown(state) || !state.parties.some((party) => party.partnerId === partnerId)) throw unknownInvitation();
  return state;
};

/** The invitation, if it is this partner's: a party that was only asked for along with it changes nothing (C18). */
export const requireOwn = (state: Invitation, partnerId: string): KnownInvitation => {
  const known = requireParty(state, partnerId);
  if (known.requestedBy === partnerId) return known;
  throw new Rejection('forbidden', 'not-your-invitation', `The invitation is ${known.requestedBy}'s to change.`, {
    rule: 'C18',
    state: known.status,
  });
};

/** The invitation, if this is the secret of its genuine link (D6). */
export const requireGenuine = (state: Invitation, secretSha256: string): KnownInvitation => {
  if (!isKnown(state) || state.link.secretSha256 !== secretSha256) throw unknownInvitation();
  return state;
};
