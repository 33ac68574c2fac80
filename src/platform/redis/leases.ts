import type { ReadModelRedis } from './connection.js';

/** How long a holder that says nothing keeps its leases, in milliseconds; and how often it says something. */
export const LEASE_MS = 5_000;
export const RENEW_MS = 1_000;

const MEMBERS = '{projectors}:members';
const HOLDERS = '{projectors}:holders';

/**
 * Who applies which shard: each living holder its fair share, so that one more or one less moves some of them. A holder
 * that was frozen may go on for a moment beside its successor; the checkpoints fence it off.
 */
export class Leases {
  constructor(
    private readonly redis: ReadModelRedis,
    private readonly holder: string,
    private readonly shards: number,
  ) {}

  /** Says that this holder lives, and answers which shards are its own until it falls silent. */
  async hold(): Promise<number[]> {
    return (await this.redis.holdLeases(MEMBERS, HOLDERS, this.holder, LEASE_MS, this.shards)).map(Number);
  }

  /** Gives up all at once, so that nobody waits for them to run out. */
  async release(): Promise<void> {
    await this.redis.releaseLeases(MEMBERS, HOLDERS, this.holder, this.shards);
  }

  /** Who holds each shard, by its number; absent where nobody does. */
  static async holders(redis: ReadModelRedis): Promise<ReadonlyMap<number, string>> {
    const now = Number((await redis.time())[0]) * 1_000;
    const alive = new Set(await redis.zrangebyscore(MEMBERS, now, '+inf'));
    const held = Object.entries(await redis.hgetall(HOLDERS)).filter(([, holder]) => alive.has(holder));
    return new Map(held.map(([shard, holder]) => [Number(shard), holder]));
  }
}
