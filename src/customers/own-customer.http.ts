import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CommandRoute, CurrentCommand } from '../access/access.js';
import { Refuses } from '../access/refusals.js';
import type { CommandContext } from '../platform/commands/command-context.js';
import { CustomerPath } from '../platform/http/ids.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { CurrentFreshness, ReadRoutes } from '../platform/redis/read-route.js';
import { ChangeDetails, ChangeDetailsAnswer, ChangeDetailsBody } from './change-details.command.js';
import { CustomerPartnersQuery, CustomerPartnersView, ListCustomerPartners } from './customer-partners.query.js';

/** What a customer sees and says of itself. */
@ApiTags('customers')
@Controller('v1/customers/:customerId')
export class OwnCustomerController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Every partner of the customer: each relationship, and each privilege that remains (D2, R25); now or as of a moment. */
  @Get('partners')
  @Allow('customer', 'service', 'auditor')
  @ReadRoutes()
  partners(
    @Param() { customerId }: CustomerPath,
    @Query() query: CustomerPartnersQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<CustomerPartnersView> {
    return this.queries.execute(new ListCustomerPartners(customerId, query, freshness));
  }

  /** Changes how the customer is called; its partners' lists show and sort by it (C5). */
  @Put('details')
  @Refuses('customer-not-known')
  @HttpCode(200)
  @CommandRoute('customer')
  changeDetails(
    @CurrentCommand() context: CommandContext,
    @Param() { customerId }: CustomerPath,
    @Body() body: ChangeDetailsBody,
  ): Promise<ChangeDetailsAnswer> {
    return this.commands.execute(new ChangeDetails(context, customerId, body));
  }
}
