import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import type { Fact } from '../../projections/kernel/event-types.js';
import { invitationStream } from '../invitations/invitation.events.js';
import { EventStore } from '../platform/event-store/event-store.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import { cut } from '../platform/redis/paging.dto.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import { entryView } from './audit-entry.view.js';
import { accepts } from './audit-filter.js';
import type { AuditPage, AuditQuery } from './audit-trail.query.js';

/** Everything recorded between one partner and one customer, with the invitations that led to it. */
export class ReadPairTrail extends Query<AuditPage> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly page: AuditQuery,
  ) {
    super();
  }
}

/** Answered from the log itself: the streams of one pair are short, and nothing lags behind. */
@QueryHandler(ReadPairTrail)
export class ReadPairTrailHandler implements IQueryHandler<ReadPairTrail> {
  constructor(
    private readonly store: EventStore,
    private readonly cursors: Cursors,
  ) {}

  async execute({ partnerId, customerId, page: query }: ReadPairTrail): Promise<AuditPage> {
    const list: ListName = ['audit of pair', partnerId, customerId];
    const place = this.cursors.placeIn(list, query);
    const head = await this.store.head();
    const facts = await this.factsOf(partnerId, customerId);
    const after = BigInt(place === '' ? -1 : place);
    const found = facts
      .filter(({ position }) => position > after)
      .map((fact) => ({ position: fact.position, entry: auditTrail.entry(fact) }))
      .filter(({ entry }) => accepts(query, entry));
    const { page, next } = cut(found, query.limit, ({ position }) => position.toString());
    const items = page.map(({ entry, position }) => ({ position: position.toString(), ...entryView(entry) }));
    return { items, next: this.cursors.next(list, query, next), position: head.toString() };
  }

  /** In log order. */
  private async factsOf(partnerId: string, customerId: string): Promise<Fact[]> {
    const [relationship, privileges] = await Promise.all(
      [relationshipStream, privilegeStream].map((stream) => this.read(stream(partnerId, customerId))),
    );
    const own = [...(relationship ?? []), ...(privileges ?? [])];
    const invitations = await Promise.all(invitationsIn(own).map((id) => this.read(invitationStream(id))));
    return [...own, ...invitations.flat()].sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  private async read(stream: string): Promise<Fact[]> {
    return (await this.store.read(stream)) as Fact[];
  }
}

const invitationsIn = (facts: readonly Fact[]): string[] => [
  ...new Set(
    facts.flatMap((fact) => {
      const { invitationId } = auditTrail.entry(fact);
      return invitationId === null ? [] : [invitationId];
    }),
  ),
];
