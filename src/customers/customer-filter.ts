import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import { searchedWords } from '../../projections/customer-list/words.js';
import type { CustomerDetails } from './customer.events.js';

/** What customers are asked for; what is left out is not looked at. */
export interface CustomerFilter {
  readonly role?: string;
  /** An invitation, or the portal the relationship was imported from. */
  readonly source?: string;
  readonly origin?: string;
  /** The first moment at which the relationship may have begun, and the first one after. */
  readonly from?: string;
  readonly to?: string;
  /** Each is the beginning of a word of the name or of the domain. */
  readonly words: readonly string[];
}

const isWithin = ({ from, to }: CustomerFilter, at: string): boolean =>
  (from === undefined || Date.parse(at) >= Date.parse(from)) && (to === undefined || Date.parse(at) < Date.parse(to));

const isAsked = (asked: string | undefined, is: string | null): boolean => asked === undefined || asked === is;

const hasWords = ({ words }: CustomerFilter, details: CustomerDetails): boolean => {
  const searched = words.length === 0 ? [] : searchedWords(details);
  return words.every((beginning) => searched.some((word) => word.startsWith(beginning)));
};

/** Whether the customer is one of those asked for. */
export const accepts = (filter: CustomerFilter, { customer, relationship }: CustomerRecord): boolean => {
  if (customer === null || relationship === null || relationship.removedAt !== null) return false;
  const { role, source, origin, since } = relationship;
  return (
    isAsked(filter.role, role) &&
    isAsked(filter.source, source) &&
    isAsked(filter.origin, origin) &&
    isWithin(filter, since) &&
    hasWords(filter, customer)
  );
};
