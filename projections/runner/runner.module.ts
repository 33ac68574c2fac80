import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { PROJECTION_REDIS } from '../../src/platform/redis/connection.js';
import { READ_MODELS } from './read-models.js';
import { Runner } from './runner.js';

/** Feeds the read models, or this process's share of them, for as long as the service runs. */
@Module({
  providers: [
    {
      provide: Runner,
      inject: [EventStore, PROJECTION_REDIS],
      useFactory: (events: EventStore, redis: ReadModelRedis) => new Runner(events, redis, READ_MODELS),
    },
  ],
})
export class RunnerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly runner: Runner) {}

  onApplicationBootstrap(): void {
    this.running = this.runner.run(this.stop.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }
}
