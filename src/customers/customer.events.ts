import type { DomainEvent, PersonalFields } from '../kernel/event.js';

/** How an organisation is known here. */
export interface CustomerDetails {
  readonly name: string;
  readonly domain: string;
}

export type CustomerRegistered = DomainEvent<
  'CustomerRegistered',
  { customerId: string; name: string; domain: string; at: string }
>;

/** The customer goes by another name or domain from now on. */
export type CustomerDetailsChanged = DomainEvent<
  'CustomerDetailsChanged',
  { customerId: string; name: string; domain: string; at: string }
>;

export type CustomerEvent = CustomerRegistered | CustomerDetailsChanged;

export const customerStream = (customerId: string): string => `customer-${customerId}`;

export const customerPersonalFields: PersonalFields<CustomerEvent> = {
  CustomerRegistered: [],
  CustomerDetailsChanged: [],
};
