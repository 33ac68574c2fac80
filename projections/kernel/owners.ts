import type { Fact, KnownEvent } from './event-types.js';
import { ALL_SHARDS, shardOf } from './shard.js';

/** The partners an event is about; the one it belongs to comes first. */
export const partnersIn = (data: KnownEvent['data']): readonly string[] => {
  if ('partnerIds' in data) return data.partnerIds;
  if ('providerId' in data) return [data.partnerId, data.providerId];
  return 'partnerId' in data ? [data.partnerId] : [];
};

export const customerIn = (data: KnownEvent['data']): string | null => ('customerId' in data ? data.customerId : null);

const EVERY_SHARD: ReadonlySet<number> = new Set(ALL_SHARDS);

/** Where an event is kept that is about nobody in particular. */
const NOBODY: ReadonlySet<number> = new Set([0]);

/**
 * The shards that an event may change: those of its partners, and its customer's; all of them when a customer itself has
 * changed, whoever its partners are. There is always one.
 */
export const shardsOf = ({ event: { type, data } }: Fact): ReadonlySet<number> => {
  if (type === 'CustomerDetailsChanged') return EVERY_SHARD;
  const customer = customerIn(data);
  const owners = [...partnersIn(data), ...(customer === null ? [] : [customer])];
  return owners.length === 0 ? NOBODY : new Set(owners.map(shardOf));
};
