import type { AuditEntry } from '../../projections/audit-trail/audit-entry.js';
import { noteOf } from '../../projections/audit-trail/note.js';
import type { Actor } from '../kernel/actor.js';

const actorView = (actor: Actor) => ({
  kind: actor.kind,
  role: actor.role,
  subject: actor.subject,
  partnerId: actor.kind === 'partner' ? actor.partnerId : null,
  customerId: actor.kind === 'customer' ? actor.customerId : null,
  through: actor.through ?? null,
});

/** The entry for whoever reads the trail, with what happened in words. */
export const entryView = (entry: AuditEntry) => ({
  eventId: entry.eventId,
  stream: entry.stream,
  revision: entry.revision,
  type: entry.type,
  at: entry.at,
  actor: actorView(entry.actor),
  partnerIds: [...entry.partnerIds],
  customerId: entry.customerId,
  invitationId: entry.invitationId,
  note: noteOf(entry.type, entry.facts as never),
});
