import { ALL_SHARDS, shardOf } from '../../projections/kernel/shard.js';
import type { Versioned } from '../../src/platform/redis/builds.js';
import { Builds } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';

/** The keys of each shard of a read model's live build; of the one to come after a FLUSHALL, its first. */
export const keysOf = async (redis: ReadModelRedis, { name, version }: Versioned): Promise<readonly Keyspace[]> => {
  const build = (await new Builds(redis).state(name)).live ?? `${version}.1`;
  return ALL_SHARDS.map((shard) => new Keyspace(name, build, shard));
};

/** The keys of what belongs to this partner. */
export const keysFor = async (redis: ReadModelRedis, model: Versioned, partnerId: string): Promise<Keyspace> =>
  (await keysOf(redis, model))[shardOf(partnerId)] as Keyspace;
