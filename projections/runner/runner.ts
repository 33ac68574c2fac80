import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../src/platform/event-store/event-store.js';
import { pause } from '../../src/platform/event-store/within.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { Leases, RENEW_MS } from '../../src/platform/redis/leases.js';
import { log } from '../../src/platform/telemetry/log.js';
import type { ReadModel } from '../kernel/changes.js';
import { SHARDS } from '../kernel/shard.js';
import { Feed } from './feed.js';
import { Projector } from './projector.js';

interface Running {
  readonly shards: string;
  readonly projectors: readonly Projector[];
  stop(): Promise<void>;
}

/** Feeds the shards that this process holds, for as long as it does. */
export class Runner {
  private running: Running | null = null;
  private readonly leases: Leases;

  constructor(
    private readonly events: EventStore,
    private readonly redis: ReadModelRedis,
    private readonly models: readonly ReadModel[],
  ) {
    this.leases = new Leases(redis, randomUUID(), SHARDS);
  }

  /** What is being fed at the moment. */
  get projectors(): readonly Projector[] {
    return this.running?.projectors ?? [];
  }

  /** Renews the leases, and feeds what they cover, until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.hold();
      await pause(RENEW_MS, signal);
    }
    await this.running?.stop();
    await this.leases.release().catch(() => undefined);
  }

  /** While Redis does not answer, all stays as it is: nothing can be applied anyhow. */
  private async hold(): Promise<void> {
    try {
      await this.feed(await this.leases.hold());
    } catch (error) {
      log.warn({ err: error, remedy: 'goes on by itself; check that redis answers' }, 'leases not renewed');
    }
  }

  private async feed(held: readonly number[]): Promise<void> {
    const shards = [...held].sort().join();
    if (shards === (this.running?.shards ?? '')) return;
    await this.running?.stop();
    this.running = null;
    if (held.length === 0) return;
    const projectors = this.models.flatMap((model) =>
      held.map((shard) => new Projector(model, new Keyspace(model.name, String(model.version), shard), this.redis)),
    );
    this.running = this.start(shards, projectors);
  }

  private start(shards: string, projectors: readonly Projector[]): Running {
    const stopping = new AbortController();
    const ended = new Feed(this.events, projectors).run(stopping.signal);
    const stop = async () => {
      stopping.abort();
      await ended;
    };
    return { shards, projectors, stop };
  }
}
