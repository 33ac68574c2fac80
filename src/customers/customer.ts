import type { Decider } from '../kernel/decider.js';
import type { CustomerDetails, CustomerEvent, CustomerRegistered } from './customer.events.js';

export type Customer = { readonly status: 'unknown' } | ({ readonly status: 'known' } & CustomerDetails);

export const customer: Decider<Customer, CustomerEvent> = {
  initial: { status: 'unknown' },
  evolve: (_, { data }) => ({ status: 'known', name: data.name, domain: data.domain }),
};

/** Makes a customer known here (R2). A customer that is known already stays as it is. */
export const register = (state: Customer, facts: CustomerRegistered['data']): CustomerEvent[] =>
  state.status === 'known' ? [] : [{ type: 'CustomerRegistered', data: facts }];
