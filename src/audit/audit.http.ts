import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { RefusesPages } from '../access/refusals.js';
import { CustomerPath, PartnerCustomerPath, PartnerPath } from '../platform/http/ids.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { CurrentFreshness, ReadRoutes } from '../platform/redis/read-route.js';
import { AuditPage, AuditQuery, ReadAuditTrail } from './audit-trail.query.js';
import { PairTrailPage, PairTrailQuery, ReadPairTrail } from './pair-trail.query.js';

@ApiTags('audit')
@Controller('v1')
@ReadRoutes()
export class AuditController {
  constructor(private readonly queries: QueryBus) {}

  /** Everything recorded about the partner, in log order. */
  @Get('partners/:partnerId/audit')
  @RefusesPages('cursor-invalid')
  @Allow('partner', 'service', 'auditor')
  ofPartner(
    @Param() { partnerId }: PartnerPath,
    @Query() query: AuditQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<AuditPage> {
    return this.queries.execute(new ReadAuditTrail({ partnerId }, query, freshness));
  }

  /** Everything recorded between the partner and one customer, with the invitations that led to it, in log order; or as of a moment. */
  @Get('partners/:partnerId/customers/:customerId/audit')
  @RefusesPages('cursor-invalid')
  @Allow('partner', 'service', 'auditor')
  ofPair(
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Query() query: PairTrailQuery,
  ): Promise<PairTrailPage> {
    return this.queries.execute(new ReadPairTrail(partnerId, customerId, query));
  }

  /** Everything recorded about the customer, in log order. */
  @Get('customers/:customerId/audit')
  @RefusesPages('cursor-invalid')
  @Allow('customer', 'service', 'auditor')
  ofCustomer(
    @Param() { customerId }: CustomerPath,
    @Query() query: AuditQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<AuditPage> {
    return this.queries.execute(new ReadAuditTrail({ customerId }, query, freshness));
  }

  /** Everything recorded, in log order. */
  @Get('audit')
  @RefusesPages('cursor-invalid')
  @Allow('auditor')
  all(@Query() query: AuditQuery, @CurrentFreshness() freshness: Freshness): Promise<AuditPage> {
    return this.queries.execute(new ReadAuditTrail('all', query, freshness));
  }
}
