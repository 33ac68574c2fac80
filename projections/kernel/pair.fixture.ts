import type { PrivilegesAsOf } from '../../src/privileges/privilege.js';
import { currentAttestation } from '../../src/relationships/attestation.js';
import type { RelationshipEvent, TerminationNotice } from '../../src/relationships/relationship.events.js';
import type { PrivilegeEvent } from '../../src/privileges/privilege.events.js';
import type { KnownEvent } from './event-types.js';
import { T0, day } from './history.fixture.js';

const NONE: PrivilegesAsOf = { status: 'none-recorded', basis: null, asOfRevision: null };
const NO_NOTICE: TerminationNotice = { required: false, to: null, given: false };

type Of<T extends KnownEvent['type']> = Extract<KnownEvent, { type: T }>;
type Fields<T extends KnownEvent['type']> = Partial<Of<T>['data']>;
const PAIR = { partnerId: 'contoso', customerId: 'adatum' };

/** Events of one pair, contoso and adatum unless told otherwise. */
export const established = (fields: Fields<'RelationshipEstablished'> = {}): RelationshipEvent => ({
  type: 'RelationshipEstablished',
  data: {
    ...PAIR,
    role: 'reseller',
    by: { kind: 'invitation', invitationId: 'invitation-1' },
    origin: 'own-marketing',
    customer: { name: 'Adatum Corporation', domain: 'adatum.example' },
    at: T0,
    ...fields,
  },
});

export const removed = (fields: Fields<'RelationshipRemoved'> = {}): RelationshipEvent => ({
  type: 'RelationshipRemoved',
  data: {
    ...PAIR,
    role: 'reseller',
    reason: 'Miss Jones no longer works there',
    attestation: { ...currentAttestation(), attestedBy: 'subject-1' },
    notice: { ...NO_NOTICE, generatedByThisService: false },
    privileges: NONE,
    at: day(10),
    ...fields,
  },
});

export const noticeGiven = (fields: Fields<'TerminationNoticeGiven'> = {}): RelationshipEvent => ({
  type: 'TerminationNoticeGiven',
  data: {
    ...PAIR,
    to: 'customer',
    givenOn: '2026-03-12',
    evidence: 'the letter to Miss Jones',
    at: day(12),
    ...fields,
  },
});

export const granted = (fields: Fields<'DelegatedAdminPrivilegesGranted'> = {}): PrivilegeEvent => ({
  type: 'DelegatedAdminPrivilegesGranted',
  data: { ...PAIR, invitationId: 'invitation-1', at: T0, ...fields },
});

export const revoked = (fields: Fields<'DelegatedAdminPrivilegesRevoked'> = {}): PrivilegeEvent => ({
  type: 'DelegatedAdminPrivilegesRevoked',
  data: { ...PAIR, by: 'customer', evidence: null, at: day(20), ...fields },
});
