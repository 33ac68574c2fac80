import { Inject, Injectable } from '@nestjs/common';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { HealthIndicatorService } from '@nestjs/terminus';
import { Positions } from '../../projections/runner/positions.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { within } from '../platform/event-store/within.js';
import type { ReadModelRedis } from '../platform/redis/connection.js';
import { QUERY_REDIS } from '../platform/redis/read-model.reader.js';

const PATIENCE_MS = 1_000;
/** A read model that nothing was heard of for so long, in seconds, is not kept any more. */
const SILENCE_S = 5;

/** Whether each thing the service needs answers, and why not. */
@Injectable()
export class HealthIndicators {
  constructor(
    private readonly health: HealthIndicatorService,
    private readonly store: EventStore,
    @Inject(QUERY_REDIS) private readonly redis: ReadModelRedis,
    private readonly positions: Positions,
  ) {}

  eventStore(): Promise<HealthIndicatorResult> {
    return this.answering('eventStore', async () => ({ head: (await this.store.head()).toString() }));
  }

  redisServer(): Promise<HealthIndicatorResult> {
    return this.answering('redis', async () => ({ answer: await this.redis.ping() }));
  }

  /** How far each read model is. One that stands still, on an event or for want of Redis, is not well. */
  projections(): HealthIndicatorResult {
    const models = this.positions.status();
    const parts = Object.fromEntries(models.map(({ name, ...rest }) => [name, rest]));
    const still = models.filter(({ halted, secondsSinceStep }) => halted || secondsSinceStep > SILENCE_S);
    const indicator = this.health.check('projections');
    if (still.length === 0) return indicator.up(parts);
    return indicator.down({ ...parts, reason: `${still.map(({ name }) => name).join(', ')} stands still` });
  }

  private async answering(name: string, ask: () => Promise<Record<string, string>>): Promise<HealthIndicatorResult> {
    const indicator = this.health.check(name);
    try {
      return indicator.up(await within(PATIENCE_MS, ask()));
    } catch (error) {
      return indicator.down({ reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
