import type { BuildState } from '../../src/platform/redis/builds.js';
import { Builds } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { positionFrom } from '../../src/platform/redis/position.js';
import type { ReadModel } from '../kernel/changes.js';
import { ALL_SHARDS } from '../kernel/shard.js';

/** How far one shard of a build is. */
export interface ShardStatus {
  readonly shard: number;
  readonly position: bigint | null;
  /** Seconds since the log's end was last reached; null when it never was. */
  readonly ageSeconds: number | null;
}

/** How far each shard of a build is, in one round trip. */
export const shardStatus = async (redis: ReadModelRedis, model: string, build: string): Promise<ShardStatus[]> => {
  const now = Number((await redis.time())[0]);
  const reading = ALL_SHARDS.map(async (shard) => {
    const keys = new Keyspace(model, build, shard);
    const [at, live] = await redis.mget(keys.checkpoint, keys.live);
    return { shard, position: positionFrom(at ?? null), ageSeconds: live ? Math.max(0, now - Number(live)) : null };
  });
  return Promise.all(reading);
};

/** A read model as those who watch over it see it: as far as the last of its shards. */
export interface ReadModelStatus {
  readonly name: string;
  readonly build: string | null;
  /** The build that is to take its place. */
  readonly next: string | null;
  /** Why one of the two does not go on. */
  readonly failure: BuildState['failure'];
  readonly position: bigint | null;
  readonly ageSeconds: number | null;
}

/** How each read model is doing: its live build. */
export const readModelStatus = (redis: ReadModelRedis, models: readonly ReadModel[]): Promise<ReadModelStatus[]> =>
  Promise.all(
    models.map(async ({ name }) => {
      const { live: build, next, failure } = await new Builds(redis).state(name);
      const at = build === null ? { position: null, ageSeconds: null } : leastOf(await shardStatus(redis, name, build));
      return { name, build, next, failure: failure && isPast(failure, build, at.position) ? null : failure, ...at };
    }),
  );

/** Whether the live build has gone on since, because a version was deployed that can take the event. */
const isPast = ({ build, position }: NonNullable<BuildState['failure']>, live: string | null, at: bigint | null) =>
  build === live && at !== null && /^\d+$/.test(position) && at >= BigInt(position);

/** A build is as far as the last of its shards. */
export const leastOf = (shards: readonly ShardStatus[]) => {
  const whole = shards.every(({ ageSeconds }) => ageSeconds !== null);
  const started = shards.every(({ position }) => position !== null);
  const positions = shards.map(({ position }) => position ?? 0n);
  return {
    position: started ? positions.reduce((least, one) => (one < least ? one : least)) : null,
    ageSeconds: whole ? Math.max(...shards.map(({ ageSeconds }) => ageSeconds ?? 0)) : null,
  };
};
