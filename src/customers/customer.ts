import type { Decider } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import type { CustomerDetails, CustomerDetailsChanged, CustomerEvent, CustomerRegistered } from './customer.events.js';

export type Customer = { readonly status: 'unknown' } | ({ readonly status: 'known' } & CustomerDetails);

export const customer: Decider<Customer, CustomerEvent> = {
  initial: { status: 'unknown' },
  evolve: (_, { data }) => ({ status: 'known', name: data.name, domain: data.domain }),
};

/** Makes a customer known here (R2). A customer that is known already stays as it is. */
export const register = (state: Customer, facts: CustomerRegistered['data']): CustomerEvent[] =>
  state.status === 'known' ? [] : [{ type: 'CustomerRegistered', data: facts }];

/**
 * The customer says what it is called from now on. It must be known here (R2). Saying what it is called already is recorded
 * too, so that its repetition is known for ever and never undoes what the customer has said since (D7).
 */
export const changeDetails = (state: Customer, facts: CustomerDetailsChanged['data']): CustomerEvent[] => {
  if (state.status === 'unknown')
    throw new Rejection('conflict', 'customer-not-known', 'The customer is not known here yet.', {
      rule: 'R2',
      state: 'unknown',
      next: 'Accept an invitation first.',
    });
  return [{ type: 'CustomerDetailsChanged', data: facts }];
};
