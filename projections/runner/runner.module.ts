import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { PROJECTION_REDIS } from '../../src/platform/redis/redis.module.js';
import { Feed } from './feed.js';
import { Positions } from './positions.js';
import { Projector } from './projector.js';
import { READ_MODELS } from './read-models.js';

const PROJECTORS = Symbol('PROJECTORS');

/** Feeds every read model for as long as the service runs. */
@Global()
@Module({
  providers: [
    {
      provide: PROJECTORS,
      inject: [PROJECTION_REDIS],
      useFactory: (redis: ReadModelRedis) => READ_MODELS.map((model) => new Projector(model, redis)),
    },
    { provide: Positions, inject: [PROJECTORS], useFactory: (projectors: Projector[]) => new Positions(projectors) },
    {
      provide: Feed,
      inject: [EventStore, PROJECTORS],
      useFactory: (events: EventStore, projectors: Projector[]) => new Feed(events, projectors),
    },
  ],
  exports: [Positions],
})
export class RunnerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly feed: Feed) {}

  onApplicationBootstrap(): void {
    this.running = this.feed.run(this.stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }
}
