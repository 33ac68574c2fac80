import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import { customerList, customersBy } from '../../projections/customer-list/customer-list.js';
import { idOf, isMember } from '../../projections/kernel/member.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { fullId } from '../../projections/kernel/short.js';
import { IsCursorOf, Page, PageQuery, afterOf, cut, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Row } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import type { Origin, RelationshipRole } from '../relationships/relationship.events.js';
import type { PrivilegesStatus } from './customer-record.view.js';
import { statusOf } from './customer-record.view.js';

const SORTS = ['name', 'since'] as const;

export class ListCustomersQuery extends PageQuery {
  /** By name, whatever its case, or by when the relationship began. */
  @IsOptional()
  @IsIn(SORTS)
  sort: 'name' | 'since' = 'name';

  @IsOptional()
  @IsCursorOf(isMember)
  cursor?: string;
}

export class ListedCustomer {
  readonly customerId!: string;
  readonly name!: string;
  readonly domain!: string;
  readonly role!: RelationshipRole;
  readonly origin!: Origin;
  readonly since!: string;
  readonly privileges!: PrivilegesStatus;
}

export class CustomersPage extends Page {
  readonly items!: ListedCustomer[];
}

/** A partner's customers in one list (C5): those with a relationship that stands (R14, R24). */
export class ListCustomers extends Query<CustomersPage> {
  constructor(
    readonly partnerId: string,
    readonly page: ListCustomersQuery,
  ) {
    super();
  }
}

@QueryHandler(ListCustomers)
export class ListCustomersHandler implements IQueryHandler<ListCustomers> {
  constructor(private readonly reader: ReadModelReader) {}

  async execute({ partnerId, page: query }: ListCustomers): Promise<CustomersPage> {
    const place = { model: customerList, shard: shardOf(partnerId), min: minPositionOf(query) };
    const index = customersBy(query.sort, partnerId);
    const { position, found } = await this.reader.index(place, partnerId, index, afterOf(query), query.limit + 1);
    const { page, next } = cut(found, query.limit, ({ member }) => member);
    return { items: page.flatMap(toItem), next, position: position.toString() };
  }
}

const toItem = ({ member, packed }: Row): ListedCustomer[] => {
  const { customer, relationship, privileges } = customerList.unpack(packed);
  if (customer === null || relationship === null) return [];
  const { role, origin, since } = relationship;
  return [{ customerId: fullId(idOf(member)), ...customer, role, origin, since, privileges: statusOf(privileges) }];
};
