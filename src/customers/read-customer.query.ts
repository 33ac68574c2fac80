import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { customerList, recordOf } from '../../projections/customer-list/customer-list.js';
import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import { Positions } from '../../projections/runner/positions.js';
import { Rejection } from '../kernel/rejection.js';
import { Keyspace } from '../platform/redis/keyspace.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import type { Origin, RelationshipRole } from '../relationships/relationship.events.js';
import type { PrivilegesStatus } from './customer-record.view.js';
import { privilegesOf } from './customer-record.view.js';
import { manageable } from './manageable.js';

export class RelationshipView {
  readonly status!: 'established' | 'removed';
  readonly role!: RelationshipRole;
  /** Where the customer came from (R16). */
  readonly origin!: Origin;
  readonly since!: string;
  readonly removedAt!: string | null;
}

export class PrivilegesView {
  readonly status!: PrivilegesStatus;
  readonly since!: string | null;
  readonly revokedAt!: string | null;
  /** The id of the event the status rests on. */
  readonly basis!: string | null;
  /** The position in the log up to which the status is known. */
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

/** One partner's record of a customer, after a removal too. */
export class ReadCustomer extends Query<CustomerView> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly minPosition: bigint | null,
  ) {
    super();
  }
}

const KEYS = new Keyspace(customerList.name, customerList.version);

@QueryHandler(ReadCustomer)
export class ReadCustomerHandler implements IQueryHandler<ReadCustomer> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly positions: Positions,
  ) {}

  async execute({ partnerId, customerId, minPosition }: ReadCustomer): Promise<CustomerView> {
    await this.positions.reached(customerList.name, minPosition);
    const { position, found } = await this.reader.document(KEYS, recordOf(partnerId, customerId));
    const record = found === null ? null : toView(customerList.unpack(found), position.toString());
    if (record === null) throw new Rejection('not-found', 'customer-not-found', 'No such customer of this partner.');
    return { partnerId, customerId, ...record };
  }
}

const toView = ({ customer, relationship, privileges }: CustomerRecord, position: string) => {
  if (customer === null || relationship === null) return null;
  const { role, removedAt } = relationship;
  return {
    ...customer,
    relationship: { ...relationship, status: removedAt === null ? ('established' as const) : ('removed' as const) },
    privileges: { ...privilegesOf(privileges), asOf: position },
    manages: manageable({ role, removedAt, privileges }),
    position,
  };
};
