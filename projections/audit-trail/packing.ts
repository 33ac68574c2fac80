import type { Actor, PartnerRole } from '../../src/kernel/actor.js';
import { joinFields, splitFields } from '../kernel/fields.js';
import type { Packing } from '../kernel/projection.js';
import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';
import { abbreviate, expand } from './abbreviations.js';
import type { AuditEntry } from './audit-entry.js';
import { KINDS, typeOf } from './kinds.js';

const LIST = ',';
const SHORT_ROLES: Readonly<Record<PartnerRole, string>> = { 'global-admin': 'g', 'admin-agent': 'a' };
const ROLES = new Map(Object.entries(SHORT_ROLES).map(([role, short]) => [short, role as PartnerRole]));

type About = Pick<AuditEntry, 'partnerIds' | 'customerId' | 'invitationId'>;

/** Mostly the actor is of a tenant that the entry is about anyhow, which is then not written twice. */
const tenantsOf = ({ partnerIds, customerId }: About, kind: Actor['kind']): string | null =>
  kind === 'partner' ? (partnerIds[0] ?? null) : customerId;

const packActor = (actor: Actor, about: About): string[] => {
  const tenant = actor.kind === 'partner' ? actor.partnerId : actor.customerId;
  return [
    actor.kind === 'partner' ? SHORT_ROLES[actor.role] : '',
    tenant === tenantsOf(about, actor.kind) ? '' : shortId(tenant),
    shortId(actor.subject),
    actor.through ?? '',
  ];
};

/** A partner's roles are two, a customer's is one: a role is kept for a partner only. */
const actorFrom = (fields: readonly string[], about: About): Actor => {
  const [role, of, subject, through] = [0, 1, 2, 3].map((at) => fields[at] ?? '') as [string, string, string, string];
  const acting = { subject: fullId(subject), ...(through && { through }) };
  const tenant = of ? fullId(of) : (tenantsOf(about, role ? 'partner' : 'customer') ?? '');
  const partnerRole = ROLES.get(role);
  return partnerRole
    ? { kind: 'partner', role: partnerRole, partnerId: tenant, ...acting }
    : { kind: 'customer', role: 'global-admin', customerId: tenant, ...acting };
};

const aboutFrom = ([partners, customerId, invitationId]: readonly string[]): About => ({
  partnerIds: partners ? partners.split(LIST).map(fullId) : [],
  customerId: customerId ? fullId(customerId) : null,
  invitationId: invitationId ? fullId(invitationId) : null,
});

/** Values by their place: an entry for every event there ever was is kept in memory. A stream is kept if it is unusual. */
export const { pack, unpack }: Packing<AuditEntry> = {
  pack: (entry) =>
    joinFields([
      ...[KINDS[entry.type].code, shortId(entry.eventId), shortTime(entry.at), ...packActor(entry.actor, entry)],
      entry.partnerIds.map(shortId).join(LIST),
      ...[entry.customerId, entry.invitationId].map((id) => id && shortId(id)),
      entry.revision,
      entry.facts && abbreviate(JSON.stringify(entry.facts)),
      KINDS[entry.type].stream(entry) === entry.stream ? null : entry.stream,
    ]),
  unpack: (packed) => {
    const fields = splitFields(packed);
    const [code = '', eventId = '', at = ''] = fields;
    const [revision = '', facts, stream] = fields.slice(10);
    const type = typeOf(code);
    const about = aboutFrom(fields.slice(7));
    return {
      ...{ type, eventId: fullId(eventId), at: fullTime(at), actor: actorFrom(fields.slice(3), about), ...about },
      ...{ stream: stream || KINDS[type].stream(about), revision },
      facts: facts ? (JSON.parse(expand(facts)) as AuditEntry['facts']) : null,
    };
  },
};
