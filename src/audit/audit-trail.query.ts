import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsIn, IsISO8601, IsOptional, Length } from 'class-validator';
import { ALL_EVENT_TYPES } from '../../projections/kernel/event-types.js';
import { Page, PageQuery, IsCursorOf, minPositionOf } from '../platform/redis/paging.dto.js';
import { AuditScan } from './audit-scan.js';
import type { TrailOf } from './trails.service.js';

export class AuditQuery extends PageQuery {
  @IsOptional()
  @IsIn(ALL_EVENT_TYPES)
  type?: string;

  /** The subject that acted. */
  @IsOptional()
  @Length(1, 128)
  actor?: string;

  /** Not before this moment. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Before this moment. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @IsCursorOf((last) => /^\d{1,20}$/.test(last))
  cursor?: string;
}

export class AuditActor {
  readonly kind!: 'partner' | 'customer';
  readonly role!: string;
  /** An opaque id of the person. */
  readonly subject!: string;
  readonly partnerId!: string | null;
  readonly customerId!: string | null;
  /** The service or workflow that carried the act out for the person. */
  readonly through!: string | null;
}

export class AuditEntryView {
  readonly position!: string;
  readonly eventId!: string;
  readonly stream!: string;
  readonly revision!: string;
  readonly type!: string;
  readonly at!: string;
  readonly actor!: AuditActor;
  readonly partnerIds!: string[];
  readonly customerId!: string | null;
  readonly invitationId!: string | null;
  /** What happened, in words. */
  readonly note!: string;
}

export class AuditPage extends Page {
  /** In log order. A filtered page may hold fewer than asked for, or none, and still have a next one. */
  readonly items!: AuditEntryView[];
}

/** The audit trail of a partner, of a customer, or all of it. */
export class ReadAuditTrail extends Query<AuditPage> {
  constructor(
    readonly of: TrailOf,
    readonly page: AuditQuery,
  ) {
    super();
  }
}

@QueryHandler(ReadAuditTrail)
export class ReadAuditTrailHandler implements IQueryHandler<ReadAuditTrail> {
  constructor(private readonly scan: AuditScan) {}

  execute({ of, page }: ReadAuditTrail): Promise<AuditPage> {
    return this.scan.page(of, minPositionOf(page), page, page.cursor, page.limit);
  }
}
