import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../src/platform/event-store/event-store.js';
import { pause } from '../../src/platform/event-store/within.js';
import type { BuildState } from '../../src/platform/redis/builds.js';
import { Builds, versionOf } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { Leases, RENEW_MS, leasedAs } from '../../src/platform/redis/leases.js';
import { log } from '../../src/platform/telemetry/log.js';
import type { ReadModel } from '../kernel/changes.js';
import { SHARDS } from '../kernel/shard.js';
import { Feeds } from './feeds.js';
import { Projector } from './projector.js';
import { Succession } from './succession.js';

/** How long a batch may take, in milliseconds. */
export const BATCH_MS = 2_000;

interface Planned {
  readonly model: ReadModel;
  readonly state: BuildState;
  /** The shards that are this process's own. */
  readonly held: readonly number[];
}

const isOurs = ({ version }: ReadModel, build: string | null): build is string =>
  build !== null && versionOf(build) === version;

/** Keeps the shards that this process holds, of the live builds and of those that are to take their place. */
export class Runner {
  private readonly leases: ReadonlyMap<ReadModel, Leases>;
  private readonly builds: Builds;
  private readonly succession: Succession;
  private readonly feeds: Feeds;
  private looked = false;

  constructor(
    events: EventStore,
    private readonly redis: ReadModelRedis,
    models: readonly ReadModel[],
  ) {
    const holder = randomUUID();
    this.leases = new Map(models.map((model) => [model, new Leases(redis, holder, leasedAs(model), SHARDS)]));
    this.builds = new Builds(redis);
    this.succession = new Succession(redis, this.builds);
    this.feeds = new Feeds(events);
  }

  /** What is being fed at the moment. */
  get projectors(): readonly Projector[] {
    return this.feeds.projectors;
  }

  /** Whether all that is fed here has been at the log's end. */
  get isWhole(): boolean {
    return this.looked && this.projectors.every(({ isWhole, halted }) => isWhole || halted);
  }

  /** Looks every second what is to be fed, and feeds it, until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      this.looked = true;
      await pause(RENEW_MS, signal);
    }
    await this.feeds.stop();
    await Promise.allSettled([...this.leases.values()].map((leases) => leases.release()));
  }

  /** While Redis does not answer, all stays as it is: nothing can be applied anyhow. */
  private async look(): Promise<void> {
    try {
      const planned = await Promise.all([...this.leases].map((one) => this.plan(...one)));
      await this.feed(planned);
      for (const { model, state, held } of planned) await this.succession.further(model, state, held);
    } catch (error) {
      log.warn({ err: error, remedy: 'goes on by itself; check that redis answers' }, 'leases not renewed');
    }
  }

  private async plan(model: ReadModel, leases: Leases): Promise<Planned> {
    const [held, state] = await Promise.all([leases.hold(), this.builds.plan(model)]);
    return { model, state, held: held.sort() };
  }

  /** The live builds share one reading of the log; one that is to come has its own, from the beginning. */
  private async feed(planned: readonly Planned[]): Promise<void> {
    const live = planned.flatMap(({ model, state: { live: build }, held: shards }) =>
      isOurs(model, build) ? [{ model, build, shards }] : [],
    );
    const next = planned.flatMap(({ model, state: { next: build }, held: shards }) =>
      isOurs(model, build) ? [{ name: `next ${model.name}`, parts: [{ model, build, shards }] }] : [],
    );
    const make = (model: ReadModel, build: string, shard: number) => this.projector(model, build, shard);
    await this.feeds.assign([{ name: 'live', parts: live }, ...next], make);
  }

  private projector(model: ReadModel, build: string, shard: number): Projector {
    const keys = new Keyspace(model.name, build, shard);
    return new Projector(model, keys, this.redis, (failure) => this.builds.fail(model.name, build, failure));
  }
}
