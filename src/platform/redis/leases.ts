import type { Versioned } from './builds.js';
import type { ReadModelRedis } from './connection.js';

/** How long a holder that says nothing keeps its leases, in milliseconds; and how often it says something. */
export const LEASE_MS = 5_000;
export const RENEW_MS = 1_000;

const membersOf = (model: string): string => `{projectors:${model}}:members`;
const holdersOf = (model: string): string => `{projectors:${model}}:holders`;

/** Whose shards are leased together: only processes of one version can keep the builds of that version. */
export const leasedAs = ({ name, version }: Versioned): string => `${name}:${version}`;

/**
 * Who applies which shard of a read model: each living holder its fair share, so that one more or one less moves some of them. A holder
 * that was frozen may go on for a moment beside its successor; the checkpoints fence it off.
 */
export class Leases {
  constructor(
    private readonly redis: ReadModelRedis,
    private readonly holder: string,
    private readonly model: string,
    private readonly shards: number,
  ) {}

  /** Says that this holder lives, and answers which shards are its own until it falls silent. */
  async hold(): Promise<number[]> {
    return (
      await this.redis.holdLeases(membersOf(this.model), holdersOf(this.model), this.holder, LEASE_MS, this.shards)
    ).map(Number);
  }

  /** Gives up all at once, so that nobody waits for them to run out. */
  async release(): Promise<void> {
    await this.redis.releaseLeases(membersOf(this.model), holdersOf(this.model), this.holder, this.shards);
  }

  /** Who holds each shard, by its number; absent where nobody does. */
  static async holders(redis: ReadModelRedis, model: string): Promise<ReadonlyMap<number, string>> {
    const now = Number((await redis.time())[0]) * 1_000;
    const alive = new Set(await redis.zrangebyscore(membersOf(model), now, '+inf'));
    const held = Object.entries(await redis.hgetall(holdersOf(model))).filter(([, holder]) => alive.has(holder));
    return new Map(held.map(([shard, holder]) => [Number(shard), holder]));
  }
}
