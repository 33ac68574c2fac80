import type { AuditEntry } from '../../projections/audit-trail/audit-entry.js';
import { noteOf } from '../../projections/audit-trail/note.js';

/** The entry for whoever reads the trail: with its position, and with what happened in words. */
export const entryView = ({ facts, ...entry }: AuditEntry, position: bigint) => ({
  position: position.toString(),
  ...entry,
  partnerIds: [...entry.partnerIds],
  actor: { partnerId: null, customerId: null, through: null, ...entry.actor },
  note: noteOf(entry.type, facts as never),
});
