import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { customerKey, customerList } from '../../projections/customer-list/customer-list.js';
import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import { ALL_SHARDS } from '../../projections/kernel/shard.js';
import { partnerStream } from '../partners/partner.events.js';
import type { Partner } from '../partners/partner.js';
import { partner } from '../partners/partner.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { lowest } from '../platform/redis/merged.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import { privilegesView, relationshipView } from './customer-record.view.js';

export class CustomersRelationshipView {
  readonly status!: 'none' | 'established' | 'removed';
  readonly role!: string | null;
  /** An invitation, or the portal it was imported from (R4). */
  readonly source!: string | null;
  readonly origin!: string | null;
  readonly since!: string | null;
  readonly removedAt!: string | null;
}

export class CustomersPrivilegesView {
  readonly status!: string;
  readonly since!: string | null;
  readonly revokedAt!: string | null;
  /** The id of the event the status rests on. */
  readonly basis!: string | null;
}

export class CustomersPartnerView {
  readonly partnerId!: string;
  /** As it enrolled; null for one that never did. */
  readonly name!: string | null;
  readonly relationship!: CustomersRelationshipView;
  readonly privileges!: CustomersPrivilegesView;
  /** Whether the partner may still administer although its relationship is removed (R25). */
  readonly residual!: boolean;
}

export class CustomerPartnersView {
  readonly customerId!: string;
  /** Every partner there ever was a relationship with. */
  readonly items!: CustomersPartnerView[];
  readonly position!: string;
}

/** The customer's own view: every partner, each relationship, and each privilege that remains (D2, R25). */
export class ListCustomerPartners extends Query<CustomerPartnersView> {
  constructor(
    readonly customerId: string,
    readonly minPosition: bigint | null,
  ) {
    super();
  }
}

@QueryHandler(ListCustomerPartners)
export class ListCustomerPartnersHandler implements IQueryHandler<ListCustomerPartners> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly commands: CommandHandling,
  ) {}

  async execute({ customerId, minPosition }: ListCustomerPartners): Promise<CustomerPartnersView> {
    const places = ALL_SHARDS.map((shard) => ({ model: customerList, shard, min: minPosition }));
    const key = customerKey(customerId, 'everyone');
    const parts = await Promise.all(places.map((place) => this.reader.document(place, key)));
    const records = parts.flatMap(({ found }) => (found === null ? [] : [...customerList.unpack(found)]));
    const items = await Promise.all(records.sort(byPartner).map((one) => this.toItem(one)));
    return { customerId, items, position: lowest(parts).toString() };
  }

  private async toItem([partnerId, record]: [string, CustomerRecord]): Promise<CustomersPartnerView> {
    const { relationship, privileges } = record;
    const isEnrolled = ({ status }: Partner) => status === 'enrolled';
    const known = await this.commands.known(partnerStream(partnerId), partner, isEnrolled);
    return {
      partnerId,
      name: known.status === 'enrolled' ? known.name : null,
      relationship: relationshipView(relationship),
      privileges: privilegesView(privileges),
      residual: privileges !== null && privileges.revokedAt === null && relationship?.removedAt != null,
    };
  }
}

const byPartner = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
