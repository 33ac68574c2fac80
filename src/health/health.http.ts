import type { ServiceUnavailableException } from '@nestjs/common';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access.js';
import { HealthIndicators } from './indicators.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicators,
  ) {}

  /** The process runs. */
  @Get('live')
  @Public()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Everything the service needs answers; each part says why when it does not. */
  @Get('ready')
  @Public()
  @HealthCheck()
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    const parts = [
      () => this.indicators.eventStore(),
      () => this.indicators.redisServer(),
      () => this.indicators.projections(),
    ];
    return this.health.check(parts).catch((unwell: ServiceUnavailableException) => {
      void reply.status(503).header('retry-after', '1');
      return unwell.getResponse() as HealthCheckResult;
    });
  }
}
