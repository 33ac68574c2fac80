import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { idOf } from '../../projections/kernel/member.js';
import {
  PAIRS,
  pairOf,
  residualPrivileges,
  residualsOf,
} from '../../projections/residual-privileges/residual-privileges.js';
import { ALL_SHARDS, shardOf } from '../../projections/kernel/shard.js';
import { mergedIndex } from '../platform/redis/merged.js';
import type { ListName } from '../platform/redis/cursors.service.js';
import { Cursors } from '../platform/redis/cursors.service.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { Page, PageQuery, cut, minPositionOf } from '../platform/redis/paging.dto.js';
import type { Row } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';

export class ResidualPrivilegesQuery extends PageQuery {}

export class ResidualPrivilege {
  readonly partnerId!: string;
  readonly customerId!: string;
  /** When the privileges in force were granted. */
  readonly since!: string;
  /** The id of the event that granted them. */
  readonly basis!: string;
  /** When the relationship was removed: since then they are residual. */
  readonly removedAt!: string;
  /** Whole days since then. */
  readonly ageInDays!: number;
}

export class ResidualPrivilegesPage extends Page {
  readonly items!: ResidualPrivilege[];
}

/** Pairs whose relationship is removed while privileges are in force (R25), the longest removed first. */
export class ListResidualPrivileges extends Query<ResidualPrivilegesPage> {
  constructor(
    /** Null for every partner's. */
    readonly partnerId: string | null,
    readonly page: ResidualPrivilegesQuery,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

const DAY_MS = 86_400_000;

@QueryHandler(ListResidualPrivileges)
export class ListResidualPrivilegesHandler implements IQueryHandler<ListResidualPrivileges> {
  constructor(
    private readonly reader: ReadModelReader,
    private readonly cursors: Cursors,
  ) {}

  async execute({ partnerId, page: query, freshness }: ListResidualPrivileges): Promise<ResidualPrivilegesPage> {
    const list: ListName = partnerId === null ? ['residual privileges'] : ['residual privileges', partnerId];
    const after = this.cursors.placeIn(list, query);
    const shards = partnerId === null ? ALL_SHARDS : [shardOf(partnerId)];
    const { position, found } = mergedIndex(
      await Promise.all(
        shards.map((shard) => {
          const place = { model: residualPrivileges, shard, min: minPositionOf(query), freshness };
          return this.reader.index(place, PAIRS, residualsOf(partnerId), after, query.limit + 1);
        }),
      ),
      query.limit + 1,
    );
    const { page, next } = cut(found, query.limit, ({ member }) => member);
    const now = Date.now();
    const items = page.flatMap((row) => toItem(row, now));
    return { items, next: this.cursors.next(list, query, next), position: position.toString() };
  }
}

const toItem = ({ member, packed }: Row, now: number): ResidualPrivilege[] => {
  const { granted, removedAt } = residualPrivileges.unpack(packed);
  if (granted === null || removedAt === null) return [];
  const ageInDays = Math.max(0, Math.floor((now - Date.parse(removedAt)) / DAY_MS));
  return [{ ...pairOf(idOf(member)), ...granted, removedAt, ageInDays }];
};
