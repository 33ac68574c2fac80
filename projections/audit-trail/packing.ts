import type { Packing } from '../kernel/projection.js';
import type { AuditEntry } from './audit-entry.js';

/** As JSON. */
export const { pack, unpack }: Packing<AuditEntry> = {
  pack: (entry) => JSON.stringify(entry),
  unpack: (packed) => JSON.parse(packed) as AuditEntry,
};
