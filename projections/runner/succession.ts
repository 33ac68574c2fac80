import type { BuildState, Builds } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { log } from '../../src/platform/telemetry/log.js';
import type { ReadModel } from '../kernel/changes.js';
import { ALL_SHARDS } from '../kernel/shard.js';
import type { ShardStatus } from './status.js';
import { shardStatus } from './status.js';

/** A build takes the live one's place only while it is at the log's end, give or take so many seconds. */
const FRESH_S = 2;

const isFresh = ({ ageSeconds }: ShardStatus): boolean => ageSeconds !== null && ageSeconds <= FRESH_S;

/** Whether nobody who reads the next build instead of the live one would find less of the log looked at. */
const isReady = (next: readonly ShardStatus[], live: readonly ShardStatus[]): boolean =>
  next.every((shard, at) => isFresh(shard) && (shard.position ?? 0n) >= (live[at]?.position ?? 0n));

/** Lets one build follow another. Any process may do so: each step is decided by what is stored. */
export class Succession {
  constructor(
    private readonly redis: ReadModelRedis,
    private readonly builds: Builds,
  ) {}

  /** Puts the next build in the live one's place when it is ready; whoever holds the first shard clears retired ones away. */
  async further({ name }: ReadModel, { live, next, retired }: BuildState, held: readonly number[]): Promise<void> {
    if (next !== null && live !== null && held.length > 0) await this.swapIfReady(name, live, next);
    if (!held.includes(0)) return;
    for (const build of retired) {
      await this.builds.drop(name, build, ALL_SHARDS);
      log.info({ readModel: name, build }, 'former build cleared away');
    }
  }

  private async swapIfReady(name: string, live: string, next: string): Promise<void> {
    const standing = await shardStatus(this.redis, name, live);
    if (!isReady(await shardStatus(this.redis, name, next), standing)) return;
    if (await this.builds.swap(name, next)) log.info({ readModel: name, build: next, former: live }, 'build is live');
  }
}
