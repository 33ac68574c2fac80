import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { RefusesPages } from '../access/refusals.js';
import { PartnerPath } from '../platform/http/ids.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { CurrentFreshness, ReadRoutes } from '../platform/redis/read-route.js';
import {
  ListResidualPrivileges,
  ResidualPrivilegesPage,
  ResidualPrivilegesQuery,
} from './residual-privileges.query.js';

@ApiTags('privileges')
@Controller('v1')
@ReadRoutes()
export class ResidualPrivilegesController {
  constructor(private readonly queries: QueryBus) {}

  /** The partner's privileges that are in force although its relationship is removed (R25). */
  @Get('partners/:partnerId/residual-privileges')
  @RefusesPages('cursor-invalid')
  @Allow('partner', 'service', 'auditor')
  ofPartner(
    @Param() { partnerId }: PartnerPath,
    @Query() query: ResidualPrivilegesQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<ResidualPrivilegesPage> {
    return this.queries.execute(new ListResidualPrivileges(partnerId, query, freshness));
  }

  /** Every partner's privileges that are in force although its relationship is removed (R25). */
  @Get('residual-privileges')
  @RefusesPages('cursor-invalid')
  @Allow('auditor')
  all(
    @Query() query: ResidualPrivilegesQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<ResidualPrivilegesPage> {
    return this.queries.execute(new ListResidualPrivileges(null, query, freshness));
  }
}
