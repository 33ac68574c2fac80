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

const packTenant = (actor: Actor, about: About): string => {
  const tenant = actor.kind === 'partner' ? actor.partnerId : actor.customerId;
  return tenant === tenantsOf(about, actor.kind) ? '' : shortId(tenant);
};

const packIds = (ids: readonly string[]): string =>
  ids.length === 1 ? shortId(ids[0] ?? '') : ids.map(shortId).join(LIST);

const ROLE = 3;
const PARTNERS = 7;

const field = (fields: readonly string[], at: number): string => fields[at] ?? '';
const idAt = (fields: readonly string[], at: number): string | null => (fields[at] ? fullId(fields[at]) : null);

/** A partner's roles are two, a customer's is one: a role is kept for a partner only. */
const actorFrom = (fields: readonly string[], about: About): Actor => {
  const role = ROLES.get(field(fields, ROLE));
  const tenant = idAt(fields, ROLE + 1) ?? tenantsOf(about, role ? 'partner' : 'customer') ?? '';
  const subject = fullId(field(fields, ROLE + 2));
  const through = field(fields, ROLE + 3);
  const actor: Actor = role
    ? { kind: 'partner', role, partnerId: tenant, subject }
    : { kind: 'customer', role: 'global-admin', customerId: tenant, subject };
  return through ? { ...actor, through } : actor;
};

const aboutFrom = (fields: readonly string[]): About => {
  const partners = field(fields, PARTNERS);
  return {
    partnerIds: partners ? partners.split(LIST).map(fullId) : [],
    customerId: idAt(fields, PARTNERS + 1),
    invitationId: idAt(fields, PARTNERS + 2),
  };
};

/** Values by their place: an entry for every event there ever was is kept in memory. A stream is kept if it is unusual. */
export const { pack, unpack }: Packing<AuditEntry> = {
  pack: (entry) => {
    const { actor, customerId, invitationId } = entry;
    const { code, stream } = KINDS[entry.type];
    return joinFields([
      code,
      shortId(entry.eventId),
      shortTime(entry.at),
      actor.kind === 'partner' ? SHORT_ROLES[actor.role] : '',
      packTenant(actor, entry),
      shortId(actor.subject),
      actor.through ?? '',
      packIds(entry.partnerIds),
      customerId && shortId(customerId),
      invitationId && shortId(invitationId),
      entry.revision,
      entry.facts && abbreviate(JSON.stringify(entry.facts)),
      stream(entry) === entry.stream ? null : entry.stream,
    ]);
  },
  unpack: (packed) => {
    const fields = splitFields(packed);
    const type = typeOf(field(fields, 0));
    const about = aboutFrom(fields);
    const facts = field(fields, 11);
    return {
      eventId: fullId(field(fields, 1)),
      type,
      at: fullTime(field(fields, 2)),
      actor: actorFrom(fields, about),
      partnerIds: about.partnerIds,
      customerId: about.customerId,
      invitationId: about.invitationId,
      stream: field(fields, 12) || KINDS[type].stream(about),
      revision: field(fields, 10),
      facts: facts ? (JSON.parse(expand(facts)) as AuditEntry['facts']) : null,
    };
  },
};
