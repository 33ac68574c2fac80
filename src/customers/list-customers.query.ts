import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, Length, ValidateBy } from 'class-validator';
import type { CustomerRecord, RelationshipSource } from '../../projections/customer-list/customer-record.js';
import { SOURCES } from '../../projections/customer-list/customer-record.js';
import { lettersIn, wordsOf } from '../../projections/customer-list/words.js';
import { fullId } from '../../projections/kernel/short.js';
import { IsDayOrTime } from '../platform/http/as-of.dto.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import { remembersShown } from '../platform/http/shown.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { Page, PageQuery, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Origin, RelationshipRole } from '../relationships/relationship.events.js';
import { ORIGINS } from '../relationships/relationship.events.js';
import type { PrivilegesStatus } from './customer-record.view.js';
import { statusOf } from './customer-record.view.js';
import type { Listed } from './customer-scan.service.js';
import { CustomerScan } from './customer-scan.service.js';

type Standing = CustomerRecord & { readonly [Part in 'customer' | 'relationship']: NonNullable<CustomerRecord[Part]> };

/** In letters. */
const SHORTEST_WORD = 2;
const SORTS = ['name', 'since'] as const;
const ROLES = ['reseller', 'provider'] as const;

const HasWord = () =>
  ValidateBy({
    name: 'hasWord',
    validator: {
      validate: (text) => typeof text === 'string' && wordsOf(text).some((word) => lettersIn(word) >= SHORTEST_WORD),
      defaultMessage: () => `q must hold a word of at least ${SHORTEST_WORD} letters`,
    },
  });

export class ListCustomersQuery extends PageQuery {
  /** By name, whatever its case and accents, or by when the relationship began. */
  @IsOptional()
  @IsIn(SORTS)
  sort: 'name' | 'since' = 'name';

  /** The beginning of a word of the name or of the domain, whatever its case and accents; of several words, each. */
  @IsOptional()
  @Length(SHORTEST_WORD, 100)
  @HasWord()
  q?: string;

  /** In what capacity the partner stands in the relationship. */
  @IsOptional()
  @IsIn(ROLES)
  role?: RelationshipRole;

  /** An invitation, or the portal it was imported from (R4). */
  @IsOptional()
  @IsIn(SOURCES)
  source?: RelationshipSource;

  /** Where the customer came from (R16). */
  @IsOptional()
  @IsIn(ORIGINS)
  origin?: Origin;

  /** The relationship began at this moment or later. */
  @IsOptional()
  @IsDayOrTime()
  from?: string;

  /** The relationship began before this moment. */
  @IsOptional()
  @IsDayOrTime()
  to?: string;
}

export class ListedCustomer {
  readonly customerId!: string;
  readonly name!: string;
  readonly domain!: string;
  readonly role!: RelationshipRole;
  /** An invitation, or the portal it was imported from (R4). */
  readonly source!: RelationshipSource;
  /** Where the customer came from (R16); null for an imported one. */
  readonly origin!: Origin | null;
  /** For an imported one since when the portal shows it, if that was stated. */
  readonly since!: string;
  readonly privileges!: PrivilegesStatus;
}

export class CustomersPage extends Page {
  /** A filtered page may hold fewer than asked for, or none, and still have a next one. */
  readonly items!: ListedCustomer[];
}

/** A partner's customers in one list (C5): those with a relationship that stands (R14, R24). */
export class ListCustomers extends Query<CustomersPage> {
  constructor(
    readonly partnerId: string,
    readonly page: ListCustomersQuery,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

@QueryHandler(ListCustomers)
export class ListCustomersHandler implements IQueryHandler<ListCustomers> {
  constructor(
    private readonly scan: CustomerScan,
    private readonly cursors: Cursors,
  ) {}

  async execute({ partnerId, page: query, freshness }: ListCustomers): Promise<CustomersPage> {
    const { sort, limit, q = '' } = query;
    const filter = { ...query, words: wordsOf(q) };
    const list: ListName = ['customers', partnerId];
    const after = this.cursors.placeIn(list, query);
    const asked = { partnerId, sort, limit, filter, after, min: minPositionOf(query), freshness };
    const { page, next, position } = await this.scan.page(asked);
    return { items: page.flatMap(toItem), next: this.cursors.next(list, query, next), position: position.toString() };
  }
}

const stands = (record: CustomerRecord): record is Standing => record.customer !== null && record.relationship !== null;

const shown = remembersShown(({ customer, relationship, privileges }: Standing, id): ListedCustomer => {
  const { role, source, origin, since } = relationship;
  return { customerId: fullId(id), ...customer, role, source, origin, since, privileges: statusOf(privileges) };
});

const toItem = ({ id, record }: Listed): ListedCustomer[] => (stands(record) ? [shown(record, id)] : []);
