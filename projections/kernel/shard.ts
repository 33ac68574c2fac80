/** Over how many shards the keys of each read model are split; another number takes a new version of every one. */
export const SHARDS = 8;

export const ALL_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);

/** The shard of all that belongs to this partner or customer: FNV-1a, the same in every process and for ever. */
export const shardOf = (owner: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < owner.length; at++) hash = Math.imul(hash ^ owner.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % SHARDS;
};
