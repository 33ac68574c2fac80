import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import { idOf } from '../../projections/kernel/member.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { fullId } from '../../projections/kernel/short.js';
import { noticesDue, noticesOf } from '../../projections/notices-due/notices-due.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { Page, PageQuery, cut, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Range, Row } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import { NO_NOTICE_GENERATED } from './remarks.js';

export class NoticesQuery extends PageQuery {
  /** `true` for those that are overdue, `false` for those that are not; both when left out. */
  @IsOptional()
  @IsIn(['true', 'false'])
  overdue?: 'true' | 'false';
}

export class NoticeDueView {
  readonly customerId!: string;
  /** To whom the removal stated that notice is required (R28). */
  readonly to!: 'customer' | 'partner';
  /** The day by which it is due; null when none was stated. */
  readonly dueBy!: string | null;
  /** Whether that day is over, in UTC. Without a day a notice is never overdue. */
  readonly overdue!: boolean;
  readonly removedAt!: string;
  /** The id of the removal's event. */
  readonly basis!: string;
  /** Always false: the partner gives it (R29). */
  readonly generatedByThisService!: boolean;
}

export class NoticesPage extends Page {
  readonly items!: NoticeDueView[];
  readonly remarks!: string[];
}

/** A partner's removals whose required notice is not recorded as given (R28), the first due first. */
export class ListNotices extends Query<NoticesPage> {
  constructor(
    readonly partnerId: string,
    readonly page: NoticesQuery,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

@QueryHandler(ListNotices)
export class ListNoticesHandler implements IQueryHandler<ListNotices> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly cursors: Cursors,
  ) {}

  async execute({ partnerId, page: query, freshness }: ListNotices): Promise<NoticesPage> {
    const place = { model: noticesDue, shard: shardOf(partnerId), min: minPositionOf(query), freshness };
    const today = new Date().toISOString().slice(0, 10);
    const list: ListName = ['notices', partnerId];
    const after = this.cursors.placeIn(list, query);
    const within = { index: noticesOf(partnerId), after, ...rangeOf(query.overdue, today) };
    const { position, found } = await this.reader.range(place, partnerId, within, query.limit + 1);
    const { page, next } = cut(found, query.limit, ({ member }) => member);
    const items = page.map((row) => toItem(row, today));
    const cursor = this.cursors.next(list, query, next);
    return { items, next: cursor, position: position.toString(), remarks: [NO_NOTICE_GENERATED] };
  }
}

/** What was due on a day before today is overdue: the index is sorted by the day. */
const rangeOf = (overdue: NoticesQuery['overdue'], today: string): Pick<Range, 'from' | 'to'> => {
  if (overdue === undefined) return {};
  return overdue === 'true' ? { to: today } : { from: today };
};

const toItem = ({ member, packed }: Row, today: string): NoticeDueView => {
  const due = noticesDue.unpack(packed);
  const overdue = due.dueBy !== null && due.dueBy < today;
  return { customerId: fullId(idOf(member)), ...due, overdue, generatedByThisService: false };
};
