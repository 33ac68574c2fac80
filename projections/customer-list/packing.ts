import { joinFields, orNull, splitFields } from '../kernel/fields.js';
import type { Packing } from '../kernel/projection.js';
import { fullId, fullTime, shortId, shortTime } from '../kernel/short.js';
import type { CustomerRecord, CustomerRecords, RecordedPrivileges, RecordedRelationship } from './customer-record.js';
import { characteristicsOf, kindOf } from './kinds.js';

/** So many fields for each partner. */
const WIDTH = 9;

const time = (at: string | null): string => (at ? shortTime(at) : '');
const timeOrNull = (short: string | undefined): string | null => (short ? fullTime(short) : null);

type Fields = (string | null)[];

const addRelationship = (fields: Fields, of: RecordedRelationship | null): void => {
  if (of === null) fields.push('', '', '');
  else fields.push(kindOf(of), time(of.since), time(of.removedAt));
};

const addPrivileges = (fields: Fields, of: RecordedPrivileges | null): void => {
  if (of === null) fields.push('', '', '');
  else fields.push(time(of.since), shortId(of.basis), time(of.revokedAt));
};

const addFields = (fields: Fields, partnerId: string, { customer, relationship, privileges }: CustomerRecord): void => {
  fields.push(shortId(partnerId), customer?.name ?? null, customer?.domain ?? null);
  addRelationship(fields, relationship);
  addPrivileges(fields, privileges);
};

const relationshipFrom = (fields: readonly (string | undefined)[]): RecordedRelationship | null => {
  const [kind = '', since, removedAt] = fields;
  const is = characteristicsOf(kind);
  if (is === null || !since) return null;
  const { role, source, origin } = is;
  return { role, source, origin, since: fullTime(since), removedAt: timeOrNull(removedAt) };
};

const privilegesFrom = (fields: readonly (string | undefined)[]): RecordedPrivileges | null => {
  const [since, basis, revokedAt] = fields;
  return since && basis ? { since: fullTime(since), basis: fullId(basis), revokedAt: timeOrNull(revokedAt) } : null;
};

const recordFrom = (fields: readonly string[]): [string, CustomerRecord] => {
  const [partnerId = ''] = fields;
  const [name, domain] = fields.slice(1, 3).map(orNull);
  const customer = name && domain ? { name, domain } : null;
  const [relationship, privileges] = [relationshipFrom(fields.slice(3, 6)), privilegesFrom(fields.slice(6, WIDTH))];
  return [fullId(partnerId), { customer, relationship, privileges }];
};

/** Values by their place, partner after partner: a list of a million customers is kept in memory. */
export const { pack, unpack }: Packing<CustomerRecords> = {
  pack: (records) => {
    const fields: Fields = [];
    for (const [partnerId, record] of records) addFields(fields, partnerId, record);
    return joinFields(fields);
  },
  unpack: (packed) => {
    const fields = splitFields(packed);
    const count = Math.ceil(fields.length / WIDTH);
    return new Map(Array.from({ length: count }, (_, n) => recordFrom(fields.slice(WIDTH * n, WIDTH * (n + 1)))));
  },
};
