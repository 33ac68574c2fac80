import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { customerKey, customerList } from '../../projections/customer-list/customer-list.js';
import type { CustomerRecord, RelationshipSource } from '../../projections/customer-list/customer-record.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { Rejection } from '../kernel/rejection.js';
import { Moments } from '../platform/event-store/moments.service.js';
import { AsOfQuery } from '../platform/http/as-of.dto.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { ReadQuery, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Wanted } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import type { Origin, RelationshipRole } from '../relationships/relationship.events.js';
import type { PrivilegesStatus } from './customer-record.view.js';
import { privilegesView } from './customer-record.view.js';
import { manageable } from './manageable.js';
import { PairHistories } from './pair-histories.service.js';
import { pairUpTo } from './pair-history.js';
import { recordIn } from './pair-record.js';

/** With `asOf`, the answer comes from the log itself, and `minPosition` has nothing to wait for. */
export class ReadCustomerQuery extends IntersectionType(ReadQuery, AsOfQuery) {}

export class RelationshipView {
  readonly status!: 'established' | 'removed';
  readonly role!: RelationshipRole;
  /** An invitation, or the portal it was imported from (R4). */
  readonly source!: RelationshipSource;
  /** Where the customer came from (R16); null for an imported one. */
  readonly origin!: Origin | null;
  readonly since!: string;
  readonly removedAt!: string | null;
}

export class PrivilegesView {
  readonly status!: PrivilegesStatus;
  readonly since!: string | null;
  readonly revokedAt!: string | null;
  /** The id of the event the status rests on. */
  readonly basis!: string | null;
  /** The position in the log, or the moment asked about, up to which the status is known. */
  readonly asOf!: string;
}

export class PermissionView {
  readonly allowed!: boolean;
  readonly because!: string;
}

export class ManageableView {
  readonly account!: PermissionView;
  readonly services!: PermissionView;
  readonly users!: PermissionView;
  readonly licences!: PermissionView;
}

export class CustomerView {
  readonly partnerId!: string;
  readonly customerId!: string;
  readonly name!: string;
  readonly domain!: string;
  readonly relationship!: RelationshipView;
  readonly privileges!: PrivilegesView;
  /** What the partner may manage, and why (C15). */
  readonly manages!: ManageableView;
  /** How far the log had been looked at; also the header Read-Position. */
  readonly position!: string;
}

/** One partner's record of a customer, after a removal too; now or as of a moment. */
export class ReadCustomer extends Query<CustomerView> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly query: ReadCustomerQuery,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

@QueryHandler(ReadCustomer)
export class ReadCustomerHandler implements IQueryHandler<ReadCustomer> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly histories: PairHistories,
    private readonly moments: Moments,
  ) {}

  async execute({ partnerId, customerId, query, freshness }: ReadCustomer): Promise<CustomerView> {
    const { record, position } =
      query.asOf === undefined
        ? await this.present(partnerId, customerId, { min: minPositionOf(query), freshness })
        : await this.past(partnerId, customerId, query.asOf);
    const view = record && toView(record, query.asOf ?? position.toString());
    if (!view) throw new Rejection('not-found', 'customer-not-found', 'No such customer of this partner.');
    return { partnerId, customerId, ...view, position: position.toString() };
  }

  private async present(partnerId: string, customerId: string, asked: Wanted) {
    const place = { model: customerList, shard: shardOf(partnerId), ...asked };
    const { position, found } = await this.reader.document(place, customerKey(customerId, [partnerId]));
    return { position, record: found === null ? null : (customerList.unpack(found).get(partnerId) ?? null) };
  }

  private async past(partnerId: string, customerId: string, asOf: string) {
    const { moment, head } = await this.moments.past('asOf', asOf);
    const history = await this.histories.of(partnerId, customerId);
    return { position: head, record: recordIn(pairUpTo(history, moment)) };
  }
}

const toView = ({ customer, relationship, privileges }: CustomerRecord, asOf: string) => {
  if (customer === null || relationship === null) return null;
  const { role, removedAt } = relationship;
  return {
    ...customer,
    relationship: { ...relationship, status: removedAt === null ? ('established' as const) : ('removed' as const) },
    privileges: { ...privilegesView(privileges), asOf },
    manages: manageable({ role, removedAt, privileges }),
  };
};
