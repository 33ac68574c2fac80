import type { Fact } from '../kernel/event-types.js';
import { byName, byTime, member } from '../kernel/member.js';
import { pairIn } from '../kernel/pair.js';
import type { DocumentKey, DocumentProjection, IndexEntry } from '../kernel/projection.js';
import { shortId } from '../kernel/short.js';
import type { CustomerRecord, CustomerRecords } from './customer-record.js';
import { kindOf } from './kinds.js';
import { pack, unpack } from './packing.js';
import { evolveRecord } from './record-evolution.js';
import { wordEntries } from './words.js';

/** The group that holds every customer's document. */
export const CUSTOMERS = 'customers';

/** Where a customer is kept: on each of these partners' shards with its records of the partners there. */
export const customerKey = (customerId: string, owners: DocumentKey['owners']): DocumentKey => ({
  ...{ owners, group: CUSTOMERS },
  id: shortId(customerId),
});

const evolveOne = (doc: CustomerRecords | null, partnerId: string, fact: Fact): CustomerRecords | null => {
  const before = doc?.get(partnerId) ?? null;
  const record = evolveRecord(before, fact);
  return record === null || record === before ? doc : new Map(doc).set(partnerId, record);
};

/** The event concerns one partner's record, or all when the customer itself has changed. */
const evolve = (doc: CustomerRecords | null, fact: Fact): CustomerRecords | null => {
  const pair = pairIn(fact.event);
  if (pair) return evolveOne(doc, pair.partnerId, fact);
  let after = doc;
  for (const partnerId of doc?.keys() ?? []) after = evolveOne(after, partnerId, fact);
  return after;
};

/**
 * The index of a partner's customers, sorted by name or by the moment the relationship began. Members begin with the
 * relationship's kind, so that those of some kinds are read without looking at any other.
 */
export const customersBy = (sort: 'name' | 'since', partnerId: string): string => `${sort}:${partnerId}`;

/** The customer's place in that index, among all kinds; null when it is in no list. */
export const placeBy = (
  sort: 'name' | 'since',
  { customer, relationship }: CustomerRecord,
  id: string,
): string | null => {
  if (customer === null || relationship === null || relationship.removedAt !== null) return null;
  return member(sort === 'name' ? byName(customer.name) : byTime(relationship.since), id);
};

const entriesOf = (partnerId: string, record: CustomerRecord, id: string): IndexEntry[] => {
  const { customer, relationship } = record;
  const [name, since] = [placeBy('name', record, id), placeBy('since', record, id)];
  if (name === null || since === null || customer === null || relationship === null) return [];
  const kind = kindOf(relationship);
  return [
    { index: customersBy('name', partnerId), member: kind + name },
    { index: customersBy('since', partnerId), member: kind + since },
    ...wordEntries(partnerId, customer, id),
  ];
};

/**
 * Each partner's customers in one list (C5): in it from RelationshipEstablished on, not from any invitation (R14), until
 * RelationshipRemoved (R24). The record outlives the removal, because the privileges do (R25). A document is a customer
 * with its partners on the same shard; the customer's own changes go to every shard, and so reach each partner's list.
 */
export const customerList: DocumentProjection<CustomerRecords> = {
  name: 'customer-list',
  version: 3,
  key: ({ event }) => {
    if (event.type === 'CustomerDetailsChanged') return customerKey(event.data.customerId, 'everyone');
    const pair = pairIn(event);
    return pair && customerKey(pair.customerId, [pair.partnerId]);
  },
  part: ({ event }) => pairIn(event)?.partnerId ?? null,
  evolve,
  entries: (records, { id }) => {
    const entries: IndexEntry[] = [];
    for (const [partnerId, record] of records) entries.push(...entriesOf(partnerId, record, id));
    return entries;
  },
  pack,
  unpack,
};
