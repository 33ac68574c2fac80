import type { Fact, KnownEvent } from './event-types.js';
import { ALL_EVENT_TYPES } from './event-types.js';
import { ALL_SHARDS, shardOf } from './shard.js';

/** The partners an event is about; the one it belongs to comes first. */
export const partnersIn = (data: KnownEvent['data']): readonly string[] => {
  if ('partnerIds' in data) return data.partnerIds;
  if ('providerId' in data) return [data.partnerId, data.providerId];
  return 'partnerId' in data ? [data.partnerId] : [];
};

export const customerIn = (data: KnownEvent['data']): string | null => ('customerId' in data ? data.customerId : null);

const EVERY_SHARD: ReadonlySet<number> = new Set(ALL_SHARDS);

/** The fields that name whom an event of a type is about, by how its type begins. */
const NAMED_IN: Readonly<Record<string, readonly string[]>> = {
  Partner: ['partnerId'],
  Provider: ['partnerId', 'providerId'],
  Customer: ['customerId'],
  Invitation: ['partnerIds'],
  Relationship: ['partnerId', 'customerId'],
  TerminationNotice: ['partnerId', 'customerId'],
  DelegatedAdminPrivileges: ['partnerId', 'customerId'],
};

const fieldsOf = (type: string): readonly string[] =>
  Object.entries(NAMED_IN).find(([beginning]) => type.startsWith(beginning))?.[1] ?? [];

const FIELDS = new Map(ALL_EVENT_TYPES.map((type) => [type, fieldsOf(type)]));

const isId = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isIdOrIds = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 && value.every(isId) : isId(value);

const namesItsOwners = ({ type, data }: KnownEvent): boolean => {
  if (typeof data !== 'object' || data === null) return false;
  return (FIELDS.get(type) ?? []).every((field) => isIdOrIds(data[field as keyof typeof data]));
};

/**
 * The shards that an event may change: those of its partners, and its customer's; all of them when a customer itself has
 * changed, whoever its partners are, and when a damaged event does not say whom it is about.
 */
export const shardsOf = ({ event, fault }: Fact): ReadonlySet<number> => {
  if (event.type === 'CustomerDetailsChanged' || fault !== undefined || !namesItsOwners(event)) return EVERY_SHARD;
  const customer = customerIn(event.data);
  const owners = [...partnersIn(event.data), ...(customer === null ? [] : [customer])];
  return new Set(owners.map(shardOf));
};
