import { Injectable } from '@nestjs/common';
import type { Dated } from '../kernel/moment.js';
import type { PartnerEvent } from '../partners/partner.events.js';
import { partnerStream } from '../partners/partner.events.js';
import { EventStore } from '../platform/event-store/event-store.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import type { RelationshipEvent } from '../relationships/relationship.events.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import type { CustomerEvent } from './customer.events.js';
import { customerStream } from './customer.events.js';
import type { PairHistory } from './pair-history.js';

/** Reads everything recorded about a partner and a customer from the log itself, which no read model can lag behind. */
@Injectable()
export class PairHistories {
  constructor(private readonly store: EventStore) {}

  /** The whole history, up to now. @throws EventStoreUnavailable */
  async of(partnerId: string, customerId: string): Promise<PairHistory> {
    const [partner, customer, relationship, privileges] = await Promise.all([
      this.store.readDated<PartnerEvent>(partnerStream(partnerId)),
      this.store.readDated<CustomerEvent>(customerStream(customerId)),
      this.store.readDated<RelationshipEvent>(relationshipStream(partnerId, customerId)),
      this.store.readDated<PrivilegeEvent>(privilegeStream(partnerId, customerId)),
    ]);
    const providers = await Promise.all(
      everConnected(partner).map(
        async (providerId) =>
          [
            providerId,
            await this.store.readDated<RelationshipEvent>(relationshipStream(providerId, customerId)),
          ] as const,
      ),
    );
    return { partner, customer, relationship, privileges, providers: new Map(providers) };
  }
}

const everConnected = (events: readonly Dated<PartnerEvent>[]): string[] => [
  ...new Set(events.flatMap(({ event: { type, data } }) => (type === 'ProviderConnected' ? [data.providerId] : []))),
];
