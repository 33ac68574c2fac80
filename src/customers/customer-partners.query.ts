import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { customerKey, customerList } from '../../projections/customer-list/customer-list.js';
import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import { ALL_SHARDS } from '../../projections/kernel/shard.js';
import type { Moment } from '../kernel/moment.js';
import { partnerStream } from '../partners/partner.events.js';
import type { Partner } from '../partners/partner.js';
import { partner } from '../partners/partner.js';
import { CommandHandling } from '../platform/commands/command-handling.js';
import { Moments } from '../platform/event-store/moments.service.js';
import { AsOfQuery } from '../platform/http/as-of.dto.js';
import { lowest } from '../platform/redis/merged.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { ReadQuery, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Wanted } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import { privilegesView, relationshipView } from './customer-record.view.js';
import { PairHistories } from './pair-histories.service.js';
import { pairUpTo } from './pair-history.js';
import { recordIn } from './pair-record.js';

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
  /** The moment asked about; null for now. */
  readonly asOf!: string | null;
  /** Every partner there ever was a relationship with, up to that moment. */
  readonly items!: CustomersPartnerView[];
  readonly position!: string;
}

/** With `asOf`, the answer comes from the log itself: who could administer the customer on that day (R25). */
export class CustomerPartnersQuery extends IntersectionType(ReadQuery, AsOfQuery) {}

/** The customer's own view: every partner, each relationship, and each privilege that remains (D2, R25). */
export class ListCustomerPartners extends Query<CustomerPartnersView> {
  constructor(
    readonly customerId: string,
    readonly query: CustomerPartnersQuery,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

@QueryHandler(ListCustomerPartners)
export class ListCustomerPartnersHandler implements IQueryHandler<ListCustomerPartners> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly commands: CommandHandling,
    private readonly histories: PairHistories,
    private readonly moments: Moments,
  ) {}

  async execute({ customerId, query, freshness }: ListCustomerPartners): Promise<CustomerPartnersView> {
    const { asOf } = query;
    const then = asOf === undefined ? null : await this.moments.past('asOf', asOf);
    const { records, position } = await this.present(customerId, {
      min: then ? then.head : minPositionOf(query),
      freshness,
    });
    const told = then?.moment ? await this.past(customerId, records, then.moment) : records;
    const items = await Promise.all(told.sort(byPartner).map((one) => this.toItem(one)));
    return { customerId, asOf: asOf ?? null, items, position: position.toString() };
  }

  private async present(customerId: string, asked: Wanted) {
    const places = ALL_SHARDS.map((shard) => ({ model: customerList, shard, ...asked }));
    const key = customerKey(customerId, 'everyone');
    const parts = await Promise.all(places.map((place) => this.reader.document(place, key)));
    const records = parts.flatMap(({ found }) => (found === null ? [] : [...customerList.unpack(found)]));
    return { records, position: lowest(parts) };
  }

  /** The read model says which partners there are by now; what was recorded of each by then, the log. */
  private async past(customerId: string, now: readonly PartnerRecord[], moment: Moment): Promise<PartnerRecord[]> {
    const then = await Promise.all(
      now.map(async ([partnerId]) => {
        const record = recordIn(pairUpTo(await this.histories.of(partnerId, customerId), moment));
        const isPartner = record !== null && (record.relationship !== null || record.privileges !== null);
        return isPartner ? [[partnerId, record] as const] : [];
      }),
    );
    return then.flat();
  }

  private async toItem([partnerId, record]: PartnerRecord): Promise<CustomersPartnerView> {
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

type PartnerRecord = readonly [partnerId: string, record: CustomerRecord];

const byPartner = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
