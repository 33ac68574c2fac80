import type { DomainEvent, PersonalFields } from '../kernel/event.js';

/** An indirect reseller faces the customer; an indirect provider stands behind resellers and places the orders. */
export const PARTNER_KINDS = ['indirect-reseller', 'indirect-provider'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

export type PartnerEnrolled = DomainEvent<
  'PartnerEnrolled',
  { partnerId: string; name: string; kind: PartnerKind; at: string }
>;

export type PartnerEvent = PartnerEnrolled;

export const partnerStream = (partnerId: string): string => `partner-${partnerId}`;

export const partnerPersonalFields: PersonalFields<PartnerEvent> = { PartnerEnrolled: [] };
