import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, Length } from 'class-validator';
import { ALL_EVENT_TYPES } from '../../projections/kernel/event-types.js';
import { IsDayOrTime } from '../platform/http/as-of.dto.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { Page, PageQuery, minPositionOf } from '../platform/redis/paging.dto.js';
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
  @IsDayOrTime()
  from?: string;

  /** Before this moment. */
  @IsOptional()
  @IsDayOrTime()
  to?: string;
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
    readonly freshness: Freshness,
  ) {
    super();
  }
}

@QueryHandler(ReadAuditTrail)
export class ReadAuditTrailHandler implements IQueryHandler<ReadAuditTrail> {
  constructor(
    private readonly scan: AuditScan,
    private readonly cursors: Cursors,
  ) {}

  async execute({ of, page: query, freshness }: ReadAuditTrail): Promise<AuditPage> {
    const list = listOf(of);
    const place = this.cursors.placeIn(list, query);
    const after = place === '' ? null : BigInt(place);
    const wanted = { min: minPositionOf(query), freshness };
    const { items, next, position } = await this.scan.page(of, wanted, query, after, query.limit);
    return { items, next: this.cursors.next(list, query, next?.toString() ?? null), position };
  }
}

const listOf = (of: TrailOf): ListName => {
  if (of === 'all') return ['audit'];
  return 'partnerId' in of ? ['audit of partner', of.partnerId] : ['audit of customer', of.customerId];
};
