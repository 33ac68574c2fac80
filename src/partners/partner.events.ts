import type { DomainEvent, PersonalFields } from '../kernel/event.js';

/** An indirect reseller faces the customer; an indirect provider stands behind resellers and places the orders. */
export const PARTNER_KINDS = ['indirect-reseller', 'indirect-provider'] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

export type PartnerEnrolled = DomainEvent<
  'PartnerEnrolled',
  { partnerId: string; name: string; kind: PartnerKind; at: string }
>;

/** The reseller `partnerId` may invite jointly with the provider from now on (C18). No customers come with it (R6). */
export type ProviderConnected = DomainEvent<'ProviderConnected', { partnerId: string; providerId: string; at: string }>;

export type ProviderDisconnected = DomainEvent<
  'ProviderDisconnected',
  { partnerId: string; providerId: string; at: string }
>;

export type PartnerEvent = PartnerEnrolled | ProviderConnected | ProviderDisconnected;

export const partnerStream = (partnerId: string): string => `partner-${partnerId}`;

export const partnerPersonalFields: PersonalFields<PartnerEvent> = {
  PartnerEnrolled: [],
  ProviderConnected: [],
  ProviderDisconnected: [],
};
