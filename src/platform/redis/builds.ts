import type { ReadModelRedis } from './connection.js';
import { GONE, Keyspace } from './keyspace.js';

/** A read model as far as its builds are concerned. */
export interface Versioned {
  readonly name: string;
  readonly version: number;
  /** The oldest version whose stored form can be read; its own when absent. */
  readonly readsFrom?: number;
}

/** Why a build does not go on. */
export interface BuildFailure {
  readonly shard: number;
  readonly position: string;
  readonly stream: string;
  readonly eventId: string;
  readonly reason: string;
}

/** Which builds of a read model there are. A build is called `version.number`, and no number is used twice. */
export interface BuildState {
  /** The one that is read. */
  readonly live: string | null;
  /** The one that is being built to take its place. */
  readonly next: string | null;
  readonly retired: readonly string[];
  readonly failure: (BuildFailure & { readonly build: string }) | null;
  /** How often a build was asked for: each time, one that has stopped tries again. */
  readonly attempts: number;
}

const RETIRED = 'retired:';
/** How many keys one step of clearing away looks at; how long, in seconds, a late step on them is still refused. */
const STEP = 500;
const GRACE_S = 3_600;

export const buildsKey = (model: string): string => `{${model}}:builds`;

/** The version that a build was made by. */
export const versionOf = (build: string): number => Number(build.split('.')[0]);

/** Whether what the build holds can be understood by this version. */
export const isReadable = (build: string, { version, readsFrom = version }: Versioned): boolean =>
  versionOf(build) >= readsFrom && versionOf(build) <= version;

const stateFrom = (fields: Readonly<Record<string, string>>): BuildState => ({
  live: fields['live'] ?? null,
  next: fields['next'] ?? null,
  retired: Object.keys(fields).flatMap((field) => (field.startsWith(RETIRED) ? [field.slice(RETIRED.length)] : [])),
  failure: fields['failure'] === undefined ? null : (JSON.parse(fields['failure']) as BuildState['failure']),
  attempts: Number(fields['attempts'] ?? 0),
});

/** The builds of read models: which is live, which comes next. Every change of them is one atomic step. */
export class Builds {
  private readonly known = new Map<string, string>();

  constructor(private readonly redis: ReadModelRedis) {}

  async state(model: string): Promise<BuildState> {
    return stateFrom(await this.redis.hgetall(buildsKey(model)));
  }

  /**
   * The first build of all is live at once; a newer version than the live one's is built beside it. When everything was
   * lost, the build that was live before is so again, from nothing.
   */
  async plan(model: Versioned): Promise<BuildState> {
    const { name, version } = model;
    const known = this.known.get(name);
    const again = known !== undefined && versionOf(known) === version ? known : '';
    await this.redis.planBuild(buildsKey(name), version, '0', again);
    const state = await this.state(name);
    if (state.live !== null) this.known.set(name, state.live);
    return state;
  }

  /** Has a build of this version made beside the live one; goes on with one that has been begun. Answers its name. */
  request({ name, version }: Versioned): Promise<string> {
    return this.redis.planBuild(buildsKey(name), version, '1', '');
  }

  /** Lets the next build take the live one's place, unless somebody else has decided otherwise. */
  async swap(model: string, next: string): Promise<boolean> {
    return (await this.redis.swapBuild(buildsKey(model), next)) === 1;
  }

  /** Notes why a build does not go on. */
  async fail(model: string, build: string, failure: BuildFailure): Promise<void> {
    await this.redis.hset(buildsKey(model), 'failure', JSON.stringify({ build, ...failure }));
  }

  /**
   * Clears away a retired build, in bounded steps. It is closed to readers and writers before: a reader then looks for
   * the live one, a writer that comes late finds a checkpoint that none of its steps rests on.
   */
  async drop(model: string, build: string, shards: readonly number[]): Promise<void> {
    for (const { live, checkpoint } of shards.map((shard) => new Keyspace(model, build, shard))) {
      await this.redis.del(live);
      await this.redis.set(checkpoint, GONE, 'EX', GRACE_S);
    }
    let cursor = '0';
    do {
      const [next, keys] = await this.redis.scan(cursor, 'MATCH', `{${model}:${build}:*`, 'COUNT', STEP);
      const found = keys.filter((key) => !Keyspace.isCheckpoint(key));
      if (found.length > 0) await Promise.all(found.map((key) => this.redis.unlink(key)));
      cursor = next;
    } while (cursor !== '0');
    await this.redis.hdel(buildsKey(model), RETIRED + build);
  }
}
