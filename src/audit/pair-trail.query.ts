import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import type { Fact, KnownEvent } from '../../projections/kernel/event-types.js';
import { invitationStream } from '../invitations/invitation.events.js';
import type { Moment } from '../kernel/moment.js';
import { upTo } from '../kernel/moment.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { Moments } from '../platform/event-store/moments.service.js';
import { AsOfQuery } from '../platform/http/as-of.dto.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import { Page, cut } from '../platform/redis/paging.dto.js';
import { privilegeStream } from '../privileges/privilege.events.js';
import { relationshipStream } from '../relationships/relationship.events.js';
import { entryView } from './audit-entry.view.js';
import { accepts } from './audit-filter.js';
import { AuditEntryView, AuditQuery } from './audit-trail.query.js';
import { statedIn } from './stated.js';

/** With `asOf`, what is told ends at that moment: nothing that came later shows, nor an invitation accepted later. */
export class PairTrailQuery extends IntersectionType(AuditQuery, AsOfQuery) {}

export class StatedView {
  /** Why the relationship was removed. */
  readonly reason?: string;
  /** Where the notice, or the act of the customer that ended the privileges, can be looked up. */
  readonly evidence?: string;
  /** The day or the moment of the notice or the act. */
  readonly on?: string;
}

export class PairEntryView extends AuditEntryView {
  /** What was stated in words of its own, which stands in no other trail; null where nothing was. */
  readonly stated!: StatedView | null;
}

export class PairTrailPage extends Page {
  /** In log order. */
  readonly items!: PairEntryView[];
}

/** Everything recorded between one partner and one customer, with the invitations that led to it. */
export class ReadPairTrail extends Query<PairTrailPage> {
  constructor(
    readonly partnerId: string,
    readonly customerId: string,
    readonly page: PairTrailQuery,
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
    private readonly moments: Moments,
  ) {}

  async execute({ partnerId, customerId, page: query }: ReadPairTrail): Promise<PairTrailPage> {
    const list: ListName = ['audit of pair', partnerId, customerId];
    const place = this.cursors.placeIn(list, query);
    const { moment, head } = await this.moments.past('asOf', query.asOf);
    const facts = await this.factsOf(partnerId, customerId, moment);
    const after = BigInt(place === '' ? -1 : place);
    const found = facts
      .filter(({ position }) => position > after)
      .map((fact) => ({ position: fact.position, entry: auditTrail.entry(fact), stated: statedIn(fact) }))
      .filter(({ entry }) => accepts(query, entry));
    const { page, next } = cut(found, query.limit, ({ position }) => position.toString());
    const items = page.map(({ entry, position, stated }) => ({
      position: position.toString(),
      ...entryView(entry),
      stated,
    }));
    return { items, next: this.cursors.next(list, query, next), position: head.toString() };
  }

  /** In log order. */
  private async factsOf(partnerId: string, customerId: string, moment: Moment | null): Promise<Fact[]> {
    const [relationship, privileges] = await Promise.all(
      [relationshipStream, privilegeStream].map((stream) => this.read(stream(partnerId, customerId), moment)),
    );
    const own = [...(relationship ?? []), ...(privileges ?? [])];
    const invitations = await Promise.all(invitationsIn(own).map((id) => this.read(invitationStream(id), moment)));
    return [...own, ...invitations.flat()].sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  private async read(stream: string, moment: Moment | null): Promise<readonly Fact[]> {
    return upTo(await this.store.readDated<KnownEvent>(stream), moment);
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
