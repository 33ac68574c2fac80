import type { CustomerDetails } from '../customers/customer.events.js';
import type { DomainEvent, PersonalFields } from '../kernel/event.js';
import type { PrivilegesAsOf } from '../privileges/privilege.js';
import type { AttestedText } from './attestation.js';

/** In what capacity a partner stands in the relationship (R3). */
export type RelationshipRole = 'reseller' | 'provider';

/** Where a customer came from (R16). */
export const ORIGINS = ['own-marketing', 'vendor-referral', 'indirect-provider'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The legal notice of termination that the agreement may require (R28). This service never gives it (R29). */
export interface TerminationNotice {
  readonly required: boolean;
  /** To whom the agreement requires it; null when it requires none. */
  readonly to: 'customer' | 'partner' | null;
  readonly given: boolean;
}

export type RelationshipEstablished = DomainEvent<
  'RelationshipEstablished',
  {
    partnerId: string;
    customerId: string;
    role: RelationshipRole;
    by: { kind: 'invitation'; invitationId: string };
    origin: Origin;
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
    attestation: AttestedText & { attestedBy: string };
    notice: TerminationNotice & { generatedByThisService: false };
    privileges: PrivilegesAsOf;
    at: string;
  }
>;

export type RelationshipEvent = RelationshipEstablished | RelationshipRemoved;

export const relationshipStream = (partnerId: string, customerId: string): string =>
  `relationship-${partnerId}~${customerId}`;

export const relationshipPersonalFields: PersonalFields<RelationshipEvent> = {
  RelationshipEstablished: [],
  RelationshipRemoved: ['reason'],
};
