import type { RelationshipEstablished } from '../../src/relationships/relationship.events.js';
import type { Fact } from '../kernel/event-types.js';
import type { CustomerRecord, RecordedPrivileges, RecordedRelationship } from './customer-record.js';

const NOTHING: CustomerRecord = { customer: null, relationship: null, privileges: null };

const established = ({ role, origin, by, at }: RelationshipEstablished['data']): RecordedRelationship => {
  const [source, since] = by.kind === 'portal' ? [by.portal, by.since ?? at] : [by.kind, at];
  return { role, source, origin, since, removedAt: null };
};

const privilegesAfter = (before: RecordedPrivileges | null, { event, id }: Fact): RecordedPrivileges | null => {
  if (event.type === 'DelegatedAdminPrivilegesGranted') return { since: event.data.at, revokedAt: null, basis: id };
  if (event.type === 'DelegatedAdminPrivilegesRevoked')
    return { since: before?.since ?? event.data.at, revokedAt: event.data.at, basis: id };
  return before;
};

/** What is recorded about one partner and one customer after an event that concerns them; null for nothing. */
export const evolveRecord = (before: CustomerRecord | null, fact: Fact): CustomerRecord | null => {
  const record = before ?? NOTHING;
  const { type, data } = fact.event;
  switch (type) {
    case 'RelationshipEstablished':
      return { ...record, customer: data.customer, relationship: established(data) };
    case 'RelationshipRemoved':
      return record.relationship ? { ...record, relationship: { ...record.relationship, removedAt: data.at } } : before;
    case 'DelegatedAdminPrivilegesGranted':
    case 'DelegatedAdminPrivilegesRevoked':
      return { ...record, privileges: privilegesAfter(record.privileges, fact) };
    case 'CustomerDetailsChanged':
      return record.customer ? { ...record, customer: { name: data.name, domain: data.domain } } : before;
    default:
      return before;
  }
};
