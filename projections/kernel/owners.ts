import type { Fact, KnownEvent } from './event-types.js';
import { shardOf } from './shard.js';

/** The partners an event is about; the one it belongs to comes first. */
export const partnersIn = (data: KnownEvent['data']): readonly string[] => {
  if ('partnerIds' in data) return data.partnerIds;
  if ('providerId' in data) return [data.partnerId, data.providerId];
  return 'partnerId' in data ? [data.partnerId] : [];
};

export const customerIn = (data: KnownEvent['data']): string | null => ('customerId' in data ? data.customerId : null);

/** The shards that an event may change: those of its partners, and its customer's. There is always one. */
export const shardsOf = ({ event: { data } }: Fact): ReadonlySet<number> => {
  const customer = customerIn(data);
  return new Set([...partnersIn(data), ...(customer === null ? [] : [customer])].map(shardOf));
};
