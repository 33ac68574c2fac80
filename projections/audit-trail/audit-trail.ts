import type { Fact, KnownEvent } from '../kernel/event-types.js';
import { customerIn, partnersIn } from '../kernel/owners.js';
import type { Listing, LogProjection } from '../kernel/projection.js';
import { shortId } from '../kernel/short.js';
import type { AuditEntry } from './audit-entry.js';
import { factsOf } from './facts.js';
import { pack, unpack } from './packing.js';

const invitationIn = (data: KnownEvent['data']): string | null => {
  if ('invitationId' in data) return data.invitationId;
  return 'by' in data && typeof data.by === 'object' && data.by.kind === 'invitation' ? data.by.invitationId : null;
};

const entry = ({ id, stream, revision, event: { type, data }, metadata }: Fact): AuditEntry => ({
  eventId: id,
  type,
  at: data.at,
  actor: metadata.actor,
  partnerIds: partnersIn(data),
  customerId: customerIn(data),
  invitationId: invitationIn(data),
  stream,
  revision: revision.toString(),
  facts: factsOf(type, data as never),
});

/** The list of a partner's, or of a customer's, entries. */
export const entriesOf = {
  partner: (partnerId: string): Listing => ({ owner: partnerId, list: `partner:${shortId(partnerId)}` }),
  customer: (customerId: string): Listing => ({ owner: customerId, list: `customer:${shortId(customerId)}` }),
};

/**
 * One entry for every event of every type, in log order, for ever. Personal data is never copied into it: an entry holds
 * ids, and facts picked one by one.
 */
export const auditTrail: LogProjection<AuditEntry> = {
  name: 'audit-trail',
  version: 1,
  entry,
  listings: ({ partnerIds }) => partnerIds.map(entriesOf.partner),
  references: ({ customerId }) => (customerId === null ? [] : [entriesOf.customer(customerId)]),
  pack,
  unpack,
};
