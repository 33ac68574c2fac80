import type { Decider } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { Contact, Draft, InvitationEvent, LinkIssue, Party } from './invitation.events.js';
import type { Origin } from '../relationships/relationship.events.js';

/** What every invitation that exists is known by. */
export interface KnownInvitation {
  readonly status: 'drafted' | 'sent' | 'accepted' | 'declined' | 'cancelled';
  readonly invitationId: string;
  readonly parties: readonly Party[];
  readonly contact: Contact;
  readonly origin: Origin;
  readonly privilegesRequested: boolean;
  readonly validForDays: number;
  readonly draft: Draft;
  readonly link: LinkIssue;
  /** Set once it is sent. */
  readonly expiresAt?: string;
}
export type Invitation = { readonly status: 'unknown' } | KnownInvitation;
export type InvitationStatus = Invitation['status'] | 'expired';

const STATUS_AFTER = {
  InvitationAccepted: 'accepted',
  InvitationDeclined: 'declined',
  InvitationCancelled: 'cancelled',
} as const;

const evolveKnown = (state: KnownInvitation, event: InvitationEvent): Invitation => {
  switch (event.type) {
    case 'InvitationDrafted':
      return state;
    case 'InvitationDraftEdited':
      return { ...state, draft: event.data.draft };
    case 'InvitationSent':
      return { ...state, status: 'sent', expiresAt: event.data.expiresAt };
    default:
      return { ...state, status: STATUS_AFTER[event.type] };
  }
};

export const invitation: Decider<Invitation, InvitationEvent> = {
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    if (event.type === 'InvitationDrafted') {
      const { at, partnerIds, ...known } = event.data;
      return { ...known, status: 'drafted' };
    }
    return state.status === 'unknown' ? state : evolveKnown(state, event);
  },
};

/** The status at a moment: expiry depends on the time alone, not on a process having been up (D4). */
export const statusAt = (state: Invitation, now: string): InvitationStatus =>
  state.status === 'sent' && state.expiresAt !== undefined && now >= state.expiresAt ? 'expired' : state.status;

/** The same words whoever asks and whatever the reason, so that a guess learns nothing (D6). */
export const unknownInvitation = (): Rejection =>
  new Rejection(
    'not-found',
    'invitation-not-found',
    'There is no such invitation, or the link is not its genuine one.',
  );

/** The invitation, if this partner is one of its parties; another partner's is as good as none. */
export const requireOwn = (state: Invitation, partnerId: string): KnownInvitation => {
  if (state.status === 'unknown' || !state.parties.some((party) => party.partnerId === partnerId))
    throw unknownInvitation();
  return state;
};

/** The invitation, if this is the secret of its genuine link (D6). */
export const requireGenuine = (state: Invitation, secretSha256: string): KnownInvitation => {
  if (state.status === 'unknown' || state.link.secretSha256 !== secretSha256) throw unknownInvitation();
  return state;
};
