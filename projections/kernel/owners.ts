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

/**
 * The shards that an event may change: those of its partners, and its customer's; all of them when a customer itself has
 * changed, whoever its partners are.
 */
export const shardsOf = ({ event: { type, data } }: Fact): ReadonlySet<number> => {
  if (type === 'CustomerDetailsChanged') return EVERY_SHARD;
  const customer = customerIn(data);
  return new Set([...partnersIn(data), ...(customer === null ? [] : [customer])].map(shardOf));
};
