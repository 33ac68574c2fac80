import type { CustomerRecord, RecordedPrivileges } from '../../projections/customer-list/customer-record.js';

export type PrivilegesStatus = 'none-recorded' | 'in-force' | 'revoked';

/** The status that the record says, nothing inferred (D3). */
export const statusOf = (privileges: RecordedPrivileges | null): PrivilegesStatus => {
  if (privileges === null) return 'none-recorded';
  return privileges.revokedAt === null ? 'in-force' : 'revoked';
};

/** The status with since when, and the event it rests on. */
export const privilegesView = (privileges: RecordedPrivileges | null) => ({
  since: null,
  revokedAt: null,
  basis: null,
  ...privileges,
  status: statusOf(privileges),
});

/** The relationship as recorded; its status is `none` when there never was one. */
export const relationshipView = (relationship: CustomerRecord['relationship']) => {
  if (relationship === null)
    return { status: 'none' as const, role: null, source: null, origin: null, since: null, removedAt: null };
  const status = relationship.removedAt === null ? ('established' as const) : ('removed' as const);
  return { ...relationship, status };
};
