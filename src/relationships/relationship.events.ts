import type { CustomerDetails } from '../customers/customer.events.js';
import type { DomainEvent, PersonalFields } from '../kernel/event.js';
import type { PrivilegesAsOf } from '../privileges/privilege.js';
import type { AttestedText } from './attestation.js';

/** In what capacity a partner stands in the relationship (R3). */
export type RelationshipRole = 'reseller' | 'provider';

/** Where a customer came from (R16). */
export const ORIGINS = ['own-marketing', 'vendor-referral', 'indirect-provider'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The vendor's other portals: customers that exist there are imported (R4). Those served anywhere else are invited (R7). */
export const PORTALS = ['office-365-admin-center', 'azure-portal'] as const;
export type Portal = (typeof PORTALS)[number];

/** What a relationship rests on: an accepted invitation (R8), or business that a portal shows already (R4). */
export type RelationshipBasis =
  | { readonly kind: 'invitation'; readonly invitationId: string }
  | {
      readonly kind: 'portal';
      readonly portal: Portal;
      /** Since when the portal shows it, as the importer stated it; null where it did not. */
      readonly since: string | null;
    };

/** The legal notice of termination that the agreement may require (R28). This service never gives it (R29). */
export interface TerminationNotice {
  readonly required: boolean;
  /** To whom the agreement requires it; null when it requires none. */
  readonly to: 'customer' | 'partner' | null;
  readonly given: boolean;
  /** The day by which it is due, as a calendar date; left out when none is stated. */
  readonly dueBy?: string;
}

export type RelationshipEstablished = DomainEvent<
  'RelationshipEstablished',
  {
    partnerId: string;
    customerId: string;
    role: RelationshipRole;
    by: RelationshipBasis;
    /** Null for an imported one: only an invitation says where the customer came from (R16). */
    origin: Origin | null;
    customer: CustomerDetails;
    at: string;
  }
>;

export type RelationshipRemoved = DomainEvent<
  'RelationshipRemoved',
  {
    partnerId: string;
    customerId: string;
    role: RelationshipRole;
    reason: string;
    /** `sha256` is that of the words; removals recorded before it was kept have none. */
    attestation: AttestedText & { attestedBy: string; sha256?: string };
    notice: TerminationNotice & { generatedByThisService: false };
    privileges: PrivilegesAsOf;
    at: string;
  }
>;

/** The partner states that it has given the notice that its removal requires (R28); this service has not (R29). */
export type TerminationNoticeGiven = DomainEvent<
  'TerminationNoticeGiven',
  {
    partnerId: string;
    customerId: string;
    to: 'customer' | 'partner';
    /** The day on which it was given, as a calendar date. */
    givenOn: string;
    /** Where the notice can be looked up. */
    evidence: string;
    at: string;
  }
>;

export type RelationshipEvent = RelationshipEstablished | RelationshipRemoved | TerminationNoticeGiven;

export const relationshipStream = (partnerId: string, customerId: string): string =>
  `relationship-${partnerId}~${customerId}`;

export const relationshipPersonalFields: PersonalFields<RelationshipEvent> = {
  RelationshipEstablished: [],
  RelationshipRemoved: ['reason'],
  TerminationNoticeGiven: ['evidence'],
};
