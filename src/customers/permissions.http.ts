import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { AsOfQuery } from '../platform/http/as-of.dto.js';
import { PartnerCustomerPath } from '../platform/http/ids.dto.js';
import { ReadRoutes } from '../platform/redis/read-route.js';
import { ChangesQuery, PairChangesView, ReadPairChanges } from './pair-changes.query.js';
import { PermissionsView, ReadPermissions } from './permissions.query.js';

@ApiTags('customers')
@Controller('v1/partners/:partnerId/customers/:customerId')
@ReadRoutes()
export class PermissionsController {
  constructor(private readonly queries: QueryBus) {}

  /** What the partner may do for the customer, and why: transact, order, administer (R2, R3, R17, R25); now or as of a moment. */
  @Get('permissions')
  @Allow('partner', 'service', 'auditor')
  permissions(
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Query() { asOf }: AsOfQuery,
  ): Promise<PermissionsView> {
    return this.queries.execute(new ReadPermissions(partnerId, customerId, asOf));
  }

  /** What changed between two moments: relationship, privileges, permissions, each with the events that changed it. */
  @Get('changes')
  @Allow('partner', 'service', 'auditor')
  changes(
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Query() between: ChangesQuery,
  ): Promise<PairChangesView> {
    return this.queries.execute(new ReadPairChanges(partnerId, customerId, between));
  }
}
