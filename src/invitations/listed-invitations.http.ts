import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { RefusesPages } from '../access/refusals.js';
import { PartnerPath } from '../platform/http/ids.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { CurrentFreshness, ReadRoutes } from '../platform/redis/read-route.js';
import { InvitationsPage, InvitationsQuery, ListInvitations } from './list-invitations.query.js';

@ApiTags('invitations')
@Controller('v1/partners/:partnerId/invitations')
@ReadRoutes()
export class ListedInvitationsController {
  constructor(private readonly queries: QueryBus) {}

  /** The partner's invitations by what has become of them by now (D4), without anything personal. */
  @Get()
  @RefusesPages('cursor-invalid')
  @Allow('partner', 'service', 'auditor')
  list(
    @Param() { partnerId }: PartnerPath,
    @Query() query: InvitationsQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<InvitationsPage> {
    return this.queries.execute(new ListInvitations(partnerId, query, freshness));
  }
}
