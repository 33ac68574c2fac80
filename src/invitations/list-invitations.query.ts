import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import {
  DRAFTS_FROM,
  INVITATIONS,
  closed,
  invitations,
  unanswered,
} from '../../projections/invitations/invitations.js';
import { byTime, idOf } from '../../projections/kernel/member.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { fullId } from '../../projections/kernel/short.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { Page, PageQuery, cut, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Range, Row } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import type { Origin, RelationshipRole } from '../relationships/relationship.events.js';

const STATUSES = ['open', 'drafted', 'sent', 'expired', 'accepted', 'declined', 'cancelled'] as const;
type Listable = (typeof STATUSES)[number];

export class InvitationsQuery extends PageQuery {
  /** What has become of them by now (D4); `open` are drafts, and those that can still be accepted. */
  @IsOptional()
  @IsIn(STATUSES)
  status: Listable = 'open';
}

export class ListedPartyView {
  readonly partnerId!: string;
  readonly role!: RelationshipRole;
}

export class ListedInvitationView {
  readonly invitationId!: string;
  readonly status!: Exclude<Listable, 'open'>;
  /** The partner whose invitation it is. */
  readonly requestedBy!: string;
  readonly parties!: ListedPartyView[];
  readonly origin!: Origin;
  readonly draftedAt!: string;
  readonly sentAt!: string | null;
  readonly expiresAt!: string | null;
  /** When it was accepted, declined or cancelled. */
  readonly closedAt!: string | null;
  /** The customer that accepted or declined. */
  readonly customerId!: string | null;
}

export class InvitationsPage extends Page {
  readonly items!: ListedInvitationView[];
}

/** A partner's invitations by what has become of them: by when they expire, or when they were closed. */
export class ListInvitations extends Query<InvitationsPage> {
  constructor(
    readonly partnerId: string,
    readonly page: InvitationsQuery,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

@QueryHandler(ListInvitations)
export class ListInvitationsHandler implements IQueryHandler<ListInvitations> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly cursors: Cursors,
  ) {}

  async execute({ partnerId, page: query, freshness }: ListInvitations): Promise<InvitationsPage> {
    const place = { model: invitations, shard: shardOf(partnerId), min: minPositionOf(query), freshness };
    const now = Date.now();
    const list: ListName = ['invitations', partnerId];
    const range = { ...rangeOf(query.status, partnerId, now), after: this.cursors.placeIn(list, query) };
    const { position, found } = await this.reader.range(place, INVITATIONS, range, query.limit + 1);
    const { page, next } = cut(found, query.limit, ({ member }) => member);
    const items = page.map((row) => toItem(row, now));
    return { items, next: this.cursors.next(list, query, next), position: position.toString() };
  }
}

/** Unanswered ones are sorted by when they expire: those that have by now come first, drafts last (D4). */
const rangeOf = (status: Listable, partnerId: string, now: number): Range => {
  const index = unanswered(partnerId);
  const stillOpen = byTime(new Date(now + 1).toISOString());
  switch (status) {
    case 'open':
      return { index, from: stillOpen };
    case 'drafted':
      return { index, from: DRAFTS_FROM };
    case 'sent':
      return { index, from: stillOpen, to: DRAFTS_FROM };
    case 'expired':
      return { index, to: stillOpen };
    default:
      return { index: closed(status, partnerId) };
  }
};

const toItem = ({ member, packed }: Row, now: number): ListedInvitationView => {
  const { status, parties, ...rest } = invitations.unpack(packed);
  const isOver = status === 'sent' && rest.expiresAt !== null && Date.parse(rest.expiresAt) <= now;
  return { invitationId: fullId(idOf(member)), ...rest, parties: [...parties], status: isOver ? 'expired' : status };
};
