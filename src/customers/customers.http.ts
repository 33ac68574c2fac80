import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.js';
import { RefusesPages } from '../access/refusals.js';
import { PartnerCustomerPath, PartnerPath } from '../platform/http/ids.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { CurrentFreshness, ReadRoutes } from '../platform/redis/read-route.js';
import { CustomersPage, ListCustomers, ListCustomersQuery } from './list-customers.query.js';
import { CustomerView, ReadCustomer, ReadCustomerQuery } from './read-customer.query.js';

@ApiTags('customers')
@Controller('v1/partners/:partnerId/customers')
@ReadRoutes()
export class CustomersController {
  constructor(private readonly queries: QueryBus) {}

  /** The partner's customers in one list (C5): those whose relationship stands (R14, R24). */
  @Get()
  @RefusesPages('cursor-invalid')
  @Allow('partner', 'service', 'auditor')
  list(
    @Param() { partnerId }: PartnerPath,
    @Query() query: ListCustomersQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<CustomersPage> {
    return this.queries.execute(new ListCustomers(partnerId, query, freshness));
  }

  /** The customer's record: relationship, privileges, and what the partner may manage (C15); after a removal too (R25). */
  @Get(':customerId')
  @Allow('partner', 'service', 'auditor')
  read(
    @Param() { partnerId, customerId }: PartnerCustomerPath,
    @Query() query: ReadCustomerQuery,
    @CurrentFreshness() freshness: Freshness,
  ): Promise<CustomerView> {
    return this.queries.execute(new ReadCustomer(partnerId, customerId, query, freshness));
  }
}
