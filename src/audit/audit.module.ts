import { Module } from '@nestjs/common';
import { AuditScan } from './audit-scan.js';
import { ReadAuditTrailHandler } from './audit-trail.query.js';
import { AuditController } from './audit.http.js';
import { ReadPairTrailHandler } from './pair-trail.query.js';
import { Trails } from './trails.service.js';

@Module({ controllers: [AuditController], providers: [Trails, AuditScan, ReadAuditTrailHandler, ReadPairTrailHandler] })
export class AuditModule {}
