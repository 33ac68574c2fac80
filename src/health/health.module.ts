import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.http.js';
import { MetricsController } from './metrics.http.js';
import { HealthIndicators } from './indicators.service.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, MetricsController],
  providers: [HealthIndicators],
})
export class HealthModule {}
