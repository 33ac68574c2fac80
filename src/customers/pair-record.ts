import { evolveRecord } from '../../projections/customer-list/record-evolution.js';
import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import type { PairHistory } from './pair-history.js';

/** The record that the customer list keeps of the pair, folded from its history instead; null when there is none. */
export const recordIn = ({ customer, relationship, privileges }: PairHistory): CustomerRecord | null =>
  [...customer, ...relationship, ...privileges]
    .sort((one, other) => (one.position < other.position ? -1 : 1))
    .reduce<CustomerRecord | null>(evolveRecord, null);
