import { Module } from '@nestjs/common';
import { AuditScan } from './audit-scan.js';
import { ReadAuditTrailHandler } from './audit-trail.query.js';
import { AuditController } from './audit.http.js';
import { Trails } from './trails.service.js';

@Module({ controllers: [AuditController], providers: [Trails, AuditScan, ReadAuditTrailHandler] })
export class AuditModule {}
