import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { RefusesPages } from '../access/refusals.js';
import { PartnerPath } from '../platform/http/ids.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { CurrentFreshness, ReadRoutes } from '../platform/redis/read-route.js';
import { ListNotices, NoticesPage, NoticesQuery } from './list-notices.query.js';

@ApiTags('relationships')
@Controller('v1/partners/:partnerId/notices')
@ReadRoutes()
export class NoticesController {
  constructor(private readonly queries: QueryBus) {}

  /** The removals whose required notice is not recorded as given (R28). This service gives none (R29). */
  @Get()
  @RefusesPages('cursor-invalid')
  @Allow('partner', 'service', 'auditor')
  list(
    @Param() { partnerId }: PartnerPath,
    @Query() query: NoticesQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<NoticesPage> {
    return this.queries.execute(new ListNotices(partnerId, query, freshness));
  }
}
