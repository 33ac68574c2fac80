import type { Packing } from '../kernel/projection.js';
import type { CustomerRecord, RecordedPrivileges, RecordedRelationship } from './customer-record.js';

type Relationship = [role: string, origin: string, invitationId: string, since: string, removedAt: string | null];
type Privileges = [since: string, revokedAt: string | null, basis: string];
type Packed = [name: string | null, domain: string | null, Relationship | null, Privileges | null];

const packRelationship = (of: RecordedRelationship): Relationship => [
  of.role,
  of.origin,
  of.invitationId,
  of.since,
  of.removedAt,
];

const unpackRelationship = ([role, origin, invitationId, since, removedAt]: Relationship): RecordedRelationship => ({
  role: role as RecordedRelationship['role'],
  origin: origin as RecordedRelationship['origin'],
  invitationId,
  since,
  removedAt,
});

const unpackPrivileges = ([since, revokedAt, basis]: Privileges): RecordedPrivileges => ({ since, revokedAt, basis });

/** Values by their place, without names: a list of a million customers is kept in memory. */
export const { pack, unpack }: Packing<CustomerRecord> = {
  pack: ({ customer, relationship, privileges }) =>
    JSON.stringify([
      customer?.name ?? null,
      customer?.domain ?? null,
      relationship && packRelationship(relationship),
      privileges && [privileges.since, privileges.revokedAt, privileges.basis],
    ] satisfies Packed),
  unpack: (packed) => {
    const [name, domain, relationship, privileges] = JSON.parse(packed) as Packed;
    return {
      customer: name === null || domain === null ? null : { name, domain },
      relationship: relationship && unpackRelationship(relationship),
      privileges: privileges && unpackPrivileges(privileges),
    };
  },
};
