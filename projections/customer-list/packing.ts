import { joinFields, orNull, splitFields } from '../kernel/fields.js';
import type { Packing } from '../kernel/projection.js';
import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';
import type { CustomerRecord, RecordedPrivileges, RecordedRelationship } from './customer-record.js';

const time = (at: string | null | undefined): string => (at ? shortTime(at) : '');
const timeOrNull = (short: string | undefined): string | null => (short ? fullTime(short) : null);

const relationshipFrom = (fields: readonly (string | undefined)[]): RecordedRelationship | null => {
  const [role, origin, since, removedAt] = fields;
  if (!role || !origin || !since) return null;
  return {
    role: role as RecordedRelationship['role'],
    origin: origin as RecordedRelationship['origin'],
    since: fullTime(since),
    removedAt: timeOrNull(removedAt),
  };
};

const privilegesFrom = (fields: readonly (string | undefined)[]): RecordedPrivileges | null => {
  const [since, basis, revokedAt] = fields;
  return since && basis ? { since: fullTime(since), basis: fullId(basis), revokedAt: timeOrNull(revokedAt) } : null;
};

/** Values by their place: a list of a million customers is kept in memory. */
export const { pack, unpack }: Packing<CustomerRecord> = {
  pack: ({ customer, relationship: r, privileges: p }) =>
    joinFields([
      ...[customer?.name ?? null, customer?.domain ?? null],
      ...(r ? [r.role, r.origin, time(r.since), time(r.removedAt)] : ['', '', '', '']),
      ...(p ? [time(p.since), shortId(p.basis), time(p.revokedAt)] : []),
    ]),
  unpack: (packed) => {
    const fields = splitFields(packed);
    const [name, domain] = fields.slice(0, 2).map(orNull);
    return {
      customer: name && domain ? { name, domain } : null,
      relationship: relationshipFrom(fields.slice(2, 6)),
      privileges: privilegesFrom(fields.slice(6)),
    };
  },
};
