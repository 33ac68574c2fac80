import { Module } from '@nestjs/common';
import { Moments } from '../platform/event-store/moments.service.js';
import { AuditScan } from './audit-scan.js';
import { ReadAuditTrailHandler } from './audit-trail.query.js';
import { AuditController } from './audit.http.js';
import { ReadPairTrailHandler } from './pair-trail.query.js';
import { Trails } from './trails.service.js';

@Module({
  controllers: [AuditController],
  providers: [Moments, Trails, AuditScan, ReadAuditTrailHandler, ReadPairTrailHandler],
})
export class AuditModule {}
