import type { Fact } from '../kernel/event-types.js';
import { shardsOf } from '../kernel/owners.js';
import { ALL_SHARDS } from '../kernel/shard.js';

/** The events that each shard is concerned with, in log order; every read model is split in the same way. */
export const byShard = (facts: readonly Fact[]): readonly (readonly Fact[])[] => {
  const routed: Fact[][] = ALL_SHARDS.map(() => []);
  for (const fact of facts) for (const shard of shardsOf(fact)) routed[shard]?.push(fact);
  return routed;
};
