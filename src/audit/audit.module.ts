import { Module } from '@nestjs/common';
import { AuditScan } from './audit-scan.js';
import { ReadAuditTrailHandler } from './audit-trail.query.js';
import { AuditController } from './audit.http.js';

@Module({ controllers: [AuditController], providers: [AuditScan, ReadAuditTrailHandler] })
export class AuditModule {}
