import type { AuditEntry } from '../../projections/audit-trail/audit-entry.js';

/** What entries are asked for; what is left out is not looked at. */
export interface AuditFilter {
  readonly type?: string;
  /** The subject that acted. */
  readonly actor?: string;
  /** The first moment, and the first one after. */
  readonly from?: string;
  readonly to?: string;
}

/** Whether anything is asked for in particular. */
export const isFiltered = ({ type, actor, from, to }: AuditFilter): boolean =>
  [type, actor, from, to].some((asked) => asked !== undefined);

/** Whether the entry is one of those asked for. */
export const accepts = ({ type, actor, from, to }: AuditFilter, entry: AuditEntry): boolean =>
  (type === undefined || entry.type === type) &&
  (actor === undefined || entry.actor.subject === actor) &&
  (from === undefined || Date.parse(entry.at) >= Date.parse(from)) &&
  (to === undefined || Date.parse(entry.at) < Date.parse(to));
