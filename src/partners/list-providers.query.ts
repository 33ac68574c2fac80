import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { EventStore } from '../platform/event-store/event-store.js';
import { partnerStream } from './partner.events.js';
import { partner, requireEnrolled } from './partner.js';
import { ConnectedProviderView } from './provider.dto.js';
import { providersView } from './providers.view.js';

export class ConnectedProviders {
  /** In the order in which they were connected. */
  providers!: ConnectedProviderView[];
  /** Of the partner's stream; also the ETag. */
  revision!: string;
}

/** The providers a reseller is connected to, as they stand in the log. */
export class ListProviders extends Query<ConnectedProviders> {
  constructor(readonly partnerId: string) {
    super();
  }
}

@QueryHandler(ListProviders)
export class ListProvidersHandler implements IQueryHandler<ListProviders> {
  constructor(private readonly store: EventStore) {}

  async execute({ partnerId }: ListProviders): Promise<ConnectedProviders> {
    const { state, revision } = await this.store.load(partnerStream(partnerId), partner);
    return { providers: providersView(requireEnrolled(state).providers), revision: String(revision) };
  }
}
