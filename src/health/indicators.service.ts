import { Inject, Injectable } from '@nestjs/common';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { HealthIndicatorService } from '@nestjs/terminus';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { ReadModelStatus } from '../../projections/runner/status.js';
import { readModelStatus } from '../../projections/runner/status.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { within } from '../platform/event-store/within.js';
import type { ReadModelRedis } from '../platform/redis/connection.js';
import { QUERY_REDIS } from '../platform/redis/connection.js';

const PATIENCE_MS = 1_000;
/** A read model that is behind and has not moved for so long, in seconds, is not kept any more. */
const SILENCE_S = 5;

/** Whether each thing the service needs answers, and why not. */
@Injectable()
export class HealthIndicators {
  private readonly moved = new Map<string, { readonly position: bigint | null; readonly at: number }>();

  constructor(
    private readonly health: HealthIndicatorService,
    private readonly store: EventStore,
    @Inject(QUERY_REDIS) private readonly redis: ReadModelRedis,
  ) {}

  eventStore(): Promise<HealthIndicatorResult> {
    return this.answering('eventStore', async () => ({ head: (await this.store.head()).toString() }));
  }

  redisServer(): Promise<HealthIndicatorResult> {
    return this.answering('redis', async () => ({ answer: await this.redis.ping() }));
  }

  /** How far each read model is, whoever keeps it. One that is behind and stands still is not well. */
  async projections(): Promise<HealthIndicatorResult> {
    const indicator = this.health.check('projections');
    const models = await within(PATIENCE_MS, readModelStatus(this.redis, READ_MODELS)).catch(() => null);
    if (models === null) return indicator.down({ reason: 'redis does not answer' });
    const still = models.filter((model) => this.standsStill(model));
    const parts = Object.fromEntries(models.map(({ name, ...rest }) => [name, inText(rest)]));
    if (still.length === 0) return indicator.up(parts);
    return indicator.down({ ...parts, reason: `${still.map(({ name }) => name).join(', ')} stands still` });
  }

  private standsStill({ name, position, ageSeconds }: ReadModelStatus): boolean {
    const last = this.moved.get(name);
    const now = Date.now();
    if (!last || last.position !== position) this.moved.set(name, { position, at: now });
    const isBehind = ageSeconds === null || ageSeconds > SILENCE_S;
    return isBehind && last?.position === position && now - last.at > SILENCE_S * 1_000;
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

const inText = ({ position, ...rest }: Omit<ReadModelStatus, 'name'>) => ({
  ...rest,
  position: position?.toString() ?? null,
});
