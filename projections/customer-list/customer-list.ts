import type { Fact } from '../kernel/event-types.js';
import { byName, byTime, member } from '../kernel/member.js';
import { pairIn } from '../kernel/pair.js';
import type { DocumentKey, DocumentProjection } from '../kernel/projection.js';
import { shortId } from '../kernel/short.js';
import type { CustomerRecord } from './customer-record.js';
import { pack, unpack } from './packing.js';

const NOTHING: CustomerRecord = { customer: null, relationship: null, privileges: null };

/** What is recorded about one partner and one customer after the event; null for nothing. */
export const evolve = (doc: CustomerRecord | null, { event, id }: Fact): CustomerRecord | null => {
  const record = doc ?? NOTHING;
  switch (event.type) {
    case 'RelationshipEstablished': {
      const { role, origin, at, customer } = event.data;
      return { ...record, customer, relationship: { role, origin, since: at, removedAt: null } };
    }
    case 'RelationshipRemoved':
      return record.relationship === null
        ? doc
        : { ...record, relationship: { ...record.relationship, removedAt: event.data.at } };
    case 'DelegatedAdminPrivilegesGranted':
      return { ...record, privileges: { since: event.data.at, revokedAt: null, basis: id } };
    case 'DelegatedAdminPrivilegesRevoked': {
      const since = record.privileges?.since ?? event.data.at;
      return { ...record, privileges: { since, revokedAt: event.data.at, basis: id } };
    }
    default:
      return doc;
  }
};

/** Where the record of a partner's customer is kept. */
export const recordOf = (partnerId: string, customerId: string): DocumentKey => ({
  owner: partnerId,
  group: partnerId,
  id: shortId(customerId),
});

/** The index of a partner's customers, sorted by name or by the day the relationship began. */
export const customersBy = (sort: 'name' | 'since', partnerId: string): string => `${sort}:${partnerId}`;

/**
 * Each partner's customers in one list (C5): in it from RelationshipEstablished on, not from any invitation (R14), until
 * RelationshipRemoved (R24). The record outlives the removal, because the privileges do (R25).
 */
export const customerList: DocumentProjection<CustomerRecord> = {
  name: 'customer-list',
  version: 1,
  key: ({ event }) => {
    const pair = pairIn(event);
    return pair && recordOf(pair.partnerId, pair.customerId);
  },
  evolve,
  entries: ({ customer, relationship }, { group, id }) =>
    customer === null || relationship === null || relationship.removedAt !== null
      ? []
      : [
          { index: customersBy('name', group), member: member(byName(customer.name), id) },
          { index: customersBy('since', group), member: member(byTime(relationship.since), id) },
        ],
  pack,
  unpack,
};
