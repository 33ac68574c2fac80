import type { RecordedPrivileges } from '../../projections/customer-list/customer-record.js';

export type PrivilegesStatus = 'none-recorded' | 'in-force' | 'revoked';

/** The status that the record says, nothing inferred (D3). */
export const statusOf = (privileges: RecordedPrivileges | null): PrivilegesStatus => {
  if (privileges === null) return 'none-recorded';
  return privileges.revokedAt === null ? 'in-force' : 'revoked';
};

/** The status with since when, and the event it rests on. */
export const privilegesOf = (privileges: RecordedPrivileges | null) => ({
  since: null,
  revokedAt: null,
  basis: null,
  ...privileges,
  status: statusOf(privileges),
});
