import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { ReadModelStatus } from '../../projections/runner/status.js';
import { readModelStatus } from '../../projections/runner/status.js';
import { Public } from '../access/access.js';
import type { ReadModelRedis } from '../platform/redis/connection.js';
import { QUERY_REDIS } from '../platform/redis/connection.js';
import { ReadModelUnavailable } from '../platform/redis/errors.js';

interface Gauge {
  readonly name: string;
  readonly help: string;
  /** Null while it is not known. */
  readonly value: (model: ReadModelStatus) => number | null;
}

const GAUGES: readonly Gauge[] = [
  {
    name: 'read_model_parked_events',
    help: 'Events that a read model has put aside because its projection cannot take them, and those that wait for them.',
    value: ({ parked }) => parked.count,
  },
  {
    name: 'read_model_halted',
    help: 'Whether a shard of a build stands still before an event that it can neither take nor put aside.',
    value: ({ failure }) => (failure === null ? 0 : 1),
  },
  {
    name: 'read_model_age_seconds',
    help: 'Seconds since the read model last reached the end of the log.',
    value: ({ ageSeconds }) => ageSeconds,
  },
];

/** In the text format that Prometheus reads. */
const exposition = (models: readonly ReadModelStatus[]): string =>
  GAUGES.map(({ name, help, value }) => {
    const samples = models.flatMap((model) => {
      const known = value(model);
      return known === null ? [] : [`${name}{read_model="${model.name}"} ${known}\n`];
    });
    return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples.join('')}`;
  }).join('');

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(QUERY_REDIS) private readonly redis: ReadModelRedis) {}

  /** How the read models are doing, for Prometheus: alert on read_model_parked_events above 0. */
  @Get()
  @Public()
  @ApiProduces('text/plain')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async readModels(): Promise<string> {
    try {
      return exposition(await readModelStatus(this.redis, READ_MODELS));
    } catch (error) {
      throw new ReadModelUnavailable('read-model-unavailable', error);
    }
  }
}
