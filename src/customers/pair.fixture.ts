import type { DomainEvent } from '../kernel/event.js';
import type { Dated } from '../kernel/moment.js';
import type { PartnerEvent, PartnerKind } from '../partners/partner.events.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import { currentAttestation } from '../relationships/attestation.js';
import type { RelationshipEvent, RelationshipRole } from '../relationships/relationship.events.js';
import type { CustomerEvent } from './customer.events.js';
import type { PairHistory } from './pair-history.js';

/** The n-th moment of a history: every event has one of its own. */
export const at = (n: number): string => new Date(Date.parse('2026-03-01T09:00:00.000Z') + n * 60_000).toISOString();
export const RESELLER = 'contoso';
export const PROVIDER = 'northwind';
const customerId = 'fabrikam';
const details = { name: 'Fabrikam', domain: 'fabrikam.example' };

export type PairEvent = PartnerEvent | CustomerEvent | RelationshipEvent | PrivilegeEvent;

export const enrolled = (partnerId = RESELLER, kind: PartnerKind = 'indirect-reseller', n = 0): PartnerEvent => ({
  type: 'PartnerEnrolled',
  data: { partnerId, name: partnerId, kind, at: at(n) },
});
export const connection = (type: 'ProviderConnected' | 'ProviderDisconnected', n = 0): PartnerEvent => ({
  type,
  data: { partnerId: RESELLER, providerId: PROVIDER, at: at(n) },
});
export const registered = (n = 0): CustomerEvent => ({
  type: 'CustomerRegistered',
  data: { customerId, ...details, at: at(n) },
});
export const established = (partnerId = RESELLER, role: RelationshipRole = 'reseller', n = 0): RelationshipEvent => ({
  type: 'RelationshipEstablished',
  data: {
    ...{ partnerId, customerId, role, origin: 'own-marketing', customer: details, at: at(n) },
    by: { kind: 'invitation', invitationId: 'i-1' },
  },
});
export const removed = (partnerId = RESELLER, role: RelationshipRole = 'reseller', n = 0): RelationshipEvent => ({
  type: 'RelationshipRemoved',
  data: {
    ...{ partnerId, customerId, role, reason: 'over', at: at(n) },
    attestation: { ...currentAttestation(), attestedBy: 'alice' },
    notice: { required: true, to: 'customer', given: false, generatedByThisService: false },
    privileges: { status: 'none-recorded', basis: null, asOfRevision: null },
  },
});
export const noticeGiven = (partnerId = RESELLER, n = 0): RelationshipEvent => ({
  type: 'TerminationNoticeGiven',
  data: { partnerId, customerId, to: 'customer', givenOn: at(n).slice(0, 10), evidence: 'letter', at: at(n) },
});
export const granted = (n = 0): PrivilegeEvent => ({
  type: 'DelegatedAdminPrivilegesGranted',
  data: { partnerId: RESELLER, customerId, invitationId: 'i-1', at: at(n) },
});
export const revoked = (n = 0): PrivilegeEvent => ({
  type: 'DelegatedAdminPrivilegesRevoked',
  data: { partnerId: RESELLER, customerId, by: 'customer', evidence: null, at: at(n) },
});

/** The log after these events: the n-th has the id `event-n`, the position 10 n, and was recorded at `at(n)`. */
export const logOf = <E extends DomainEvent>(events: readonly E[]): Dated<E>[] =>
  events.map((event, index) => ({
    ...{ id: `event-${index + 1}`, stream: '', revision: BigInt(index), position: BigInt(10 * (index + 1)) },
    ...{ recordedAt: at(index + 1), event },
    metadata: {
      actor: { kind: 'partner', role: 'admin-agent', partnerId: RESELLER, subject: 'alice' },
      ...{ commandId: '', fingerprint: '', correlationId: '', causationId: '', schemaVersion: 1 },
    },
  }));

const isOf = <E extends PairEvent>(types: RegExp, partnerId: string | null) =>
  function passes(one: Dated<PairEvent>): one is Dated<E> {
    const { type, data } = one.event;
    return types.test(type) && (partnerId === null || ('partnerId' in data && data.partnerId === partnerId));
  };

/** The log sorted into the streams of one partner and its customer. */
export const pairOf = (log: readonly Dated<PairEvent>[], partnerId = RESELLER): PairHistory => ({
  partner: log.filter(isOf<PartnerEvent>(/^P(artnerE|rovider)/, partnerId)),
  customer: log.filter(isOf<CustomerEvent>(/^Customer/, null)),
  relationship: log.filter(isOf<RelationshipEvent>(/^(Relationship|Termination)/, partnerId)),
  privileges: log.filter(isOf<PrivilegeEvent>(/^Delegated/, partnerId)),
  providers: new Map([[PROVIDER, log.filter(isOf<RelationshipEvent>(/^Relationship/, PROVIDER))]]),
});
