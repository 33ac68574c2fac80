import { Inject, Injectable } from '@nestjs/common';
import type { Versioned } from './builds.js';
import { buildsKey, isReadable, versionOf } from './builds.js';
import type { ReadModelRedis } from './connection.js';
import { QUERY_REDIS, SUBSCRIBER_REDIS } from './connection.js';
import { ReadModelUnavailable } from './errors.js';

/**
 * Which build of each read model is live: remembered, and told anew when it changes. A reader that was not told in time
 * finds nothing at the former one once it is cleared away, and asks.
 */
@Injectable()
export class LiveBuilds {
  private readonly live = new Map<string, string>();

  constructor(
    @Inject(SUBSCRIBER_REDIS) private readonly subscriber: ReadModelRedis,
    @Inject(QUERY_REDIS) private readonly redis: ReadModelRedis,
  ) {
    subscriber.on('message', (channel: string, build: string) => {
      if (this.live.has(channel)) this.live.set(channel, build);
    });
    subscriber.on('close', () => this.live.clear());
  }

  /** The build to read. @throws ReadModelUnavailable when there is none, or none that this version understands */
  async of(model: Versioned): Promise<string> {
    return understood(model, this.live.get(buildsKey(model.name)) ?? (await this.ask(model)));
  }

  /** The build that is live now that nothing was found at the former one. @throws ReadModelUnavailable */
  async after(model: Versioned, former: string): Promise<string> {
    const build = await this.ask(model);
    if (build === former) throw new ReadModelUnavailable('read-model-rebuilding');
    return understood(model, build);
  }

  /** Remembered only if changes of it will be told. */
  private async ask({ name }: Versioned): Promise<string | null> {
    const key = buildsKey(name);
    try {
      const told = this.subscriber.status === 'ready';
      if (told && !this.live.has(key)) await this.subscriber.subscribe(key);
      const build = await this.redis.hget(key, 'live');
      if (build === null || !told) this.live.delete(key);
      else this.live.set(key, build);
      return build;
    } catch (error) {
      throw new ReadModelUnavailable('read-model-unavailable', error);
    }
  }
}

const understood = (model: Versioned, build: string | null): string => {
  if (build === null) throw new ReadModelUnavailable('read-model-rebuilding');
  if (isReadable(build, model)) return build;
  throw new ReadModelUnavailable(versionOf(build) > model.version ? 'read-model-newer' : 'read-model-rebuilding');
};
