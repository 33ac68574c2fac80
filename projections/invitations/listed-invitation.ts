import type { Party } from '../../src/invitations/invitation.events.js';
import type { Origin } from '../../src/relationships/relationship.events.js';

export type ClosedStatus = 'accepted' | 'declined' | 'cancelled';

/** An invitation as its partners' lists know it: ids, dates and kinds, and nothing personal. */
export interface ListedInvitation {
  /** As last recorded. One that is sent expires by the time alone, with no event (D4). */
  readonly status: 'drafted' | 'sent' | 'expired' | ClosedStatus;
  readonly requestedBy: string;
  readonly parties: readonly Party[];
  readonly origin: Origin;
  readonly draftedAt: string;
  readonly sentAt: string | null;
  readonly expiresAt: string | null;
  readonly closedAt: string | null;
  /** The customer that accepted or declined. */
  readonly customerId: string | null;
}
