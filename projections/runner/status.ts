import type { BuildState } from '../../src/platform/redis/builds.js';
import { Builds } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { positionFrom } from '../../src/platform/redis/position.js';
import type { ReadModel } from '../kernel/changes.js';
import type { Letter } from '../kernel/letter.js';
import { ALL_SHARDS } from '../kernel/shard.js';
import { lettersOf } from './letters.js';

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
  /** What the live build has put aside: nothing that is read shows these events. */
  readonly parked: ParkedStatus;
}

/** How many events are put aside, and the first of those that the projection could not take. */
export interface ParkedStatus {
  readonly count: number;
  readonly refused: readonly Pick<Letter, 'type' | 'stream' | 'position' | 'reason'>[];
}

const SHOWN = 10;

/** What a build has put aside, each event once, in log order. */
export const parkedIn = async (redis: ReadModelRedis, model: string, build: string): Promise<Letter[]> => {
  const reading = ALL_SHARDS.map((shard) => lettersOf(redis, new Keyspace(model, build, shard)));
  const all = (await Promise.all(reading)).flatMap((letters) => letters.all);
  const once = new Map(all.sort(byPosition).map((letter) => [letter.position, letter]));
  return [...once.values()];
};

/** Where shards differ, the one that could not take the event comes last, and is shown. */
const byPosition = (one: Letter, other: Letter): number => {
  const apart = BigInt(one.position) - BigInt(other.position);
  if (apart !== 0n) return apart < 0n ? -1 : 1;
  return Number(one.behind === null) - Number(other.behind === null);
};

const inShort = (letters: readonly Letter[]): ParkedStatus => ({
  count: letters.length,
  refused: letters
    .filter(({ behind }) => behind === null)
    .slice(0, SHOWN)
    .map(({ type, stream, position, reason }) => ({ type, stream, position, reason })),
});

/** How each read model is doing: its live build. */
export const readModelStatus = (redis: ReadModelRedis, models: readonly ReadModel[]): Promise<ReadModelStatus[]> =>
  Promise.all(
    models.map(async ({ name }) => {
      const { live: build, next, failure } = await new Builds(redis).state(name);
      const at = build === null ? { position: null, ageSeconds: null } : leastOf(await shardStatus(redis, name, build));
      const parked = inShort(build === null ? [] : await parkedIn(redis, name, build));
      return {
        name,
        build,
        next,
        failure: failure && isPast(failure, build, at.position) ? null : failure,
        parked,
        ...at,
      };
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
