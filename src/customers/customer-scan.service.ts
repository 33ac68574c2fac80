import { Injectable } from '@nestjs/common';
import { CUSTOMERS, customerList, customersBy, placeBy } from '../../projections/customer-list/customer-list.js';
import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import { kindsOf } from '../../projections/customer-list/kinds.js';
import { lettersIn, wordsFrom } from '../../projections/customer-list/words.js';
import { byTime, idOf } from '../../projections/kernel/member.js';
import { shardOf } from '../../projections/kernel/shard.js';
import { cut } from '../platform/redis/paging.dto.js';
import type { Place, Range, Row, Wanted } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import { remembered } from '../../projections/kernel/remembered.js';
import type { CustomerFilter } from './customer-filter.js';
import { accepts } from './customer-filter.js';

/** How many customers are looked at in one reading, and how many readings there are to one answer. */
const CHUNK = 250;
const READINGS = 4;
const REMEMBERED = 25_000;

/** What a customer's document says. */
export const unpackRecords = remembered(customerList.unpack, REMEMBERED);

/** Which part of a partner's list is asked for, and from which place on. */
export interface Asked extends Wanted {
  readonly partnerId: string;
  readonly sort: 'name' | 'since';
  readonly filter: CustomerFilter;
  /** The place in the sorted list to go on after; the empty string for the beginning. */
  readonly after: string;
  readonly limit: number;
}

/** A customer at its place in the sorted list. */
export interface Listed {
  readonly place: string;
  readonly id: string;
  readonly record: CustomerRecord;
}

/**
 * Reads pages of a partner's customers. What an answer costs is bounded: where few customers can match, an index finds
 * them all, and they are sorted here; else the sorted list is walked, and a filter that matches little gives short pages.
 */
@Injectable()
export class CustomerScan {
  constructor(private readonly reader: ReadModelReader) {}

  /** `next` is the place to go on after; null at the end. */
  async page(asked: Asked) {
    const narrow = narrowest(asked);
    const read = narrow && (await this.reader.range(placeOf(asked), CUSTOMERS, narrow, CHUNK + 1));
    if (!read || read.found.length > CHUNK) return this.walk(asked);
    const { page, next } = cut(sorted(asked, read.found), asked.limit, ({ place }) => place);
    return { page, next, position: read.position };
  }

  private async walk(asked: Asked) {
    const { limit } = asked;
    const count = isInOrder(asked) ? limit + 1 : CHUNK;
    const page: Listed[] = [];
    let { after } = asked;
    let position = 0n;
    for (let reading = 0; reading < READINGS; reading += 1) {
      const read = await this.reader.range(placeOf(asked), CUSTOMERS, { ...inOrder(asked), after }, count);
      position = read.position;
      for (const row of read.found) {
        if (page.length === limit) return { page, next: after, position };
        const record = recordIn(asked, row);
        if (record) page.push({ place: row.member, id: idOf(row.member), record });
        after = row.member;
      }
      if (read.found.length < count) return { page, next: null, position };
    }
    return { page, next: after, position };
  }
}

const placeOf = ({ partnerId, min, freshness }: Asked): Place => ({
  model: customerList,
  shard: shardOf(partnerId),
  min,
  freshness,
});

const bounds = ({ filter: { from, to } }: Asked): Pick<Range, 'from' | 'to'> => ({
  ...(from === undefined ? {} : { from: byTime(from) }),
  ...(to === undefined ? {} : { to: byTime(to) }),
});

/** Whether a part of the sorted list holds what is asked for and nothing else. */
const isInOrder = ({ sort, filter: { words, from, to } }: Asked): boolean =>
  words.length === 0 && (sort === 'since' || (from === undefined && to === undefined));

const inOrder = (asked: Asked): Range => ({
  ...{ index: customersBy(asked.sort, asked.partnerId), kinds: kindsOf(asked.filter) },
  ...(asked.sort === 'since' ? bounds(asked) : {}),
});

/** The part of an index that holds all that can match, if there is one shorter than the sorted list. */
const narrowest = (asked: Asked): Range | null => {
  const { partnerId, sort, filter } = asked;
  const [longest = ''] = [...filter.words].sort((one, other) => lettersIn(other) - lettersIn(one));
  const words = wordsFrom(partnerId, longest);
  if (words) return words;
  const isBounded = sort === 'name' && (filter.from !== undefined || filter.to !== undefined);
  return isBounded ? { ...inOrder({ ...asked, sort: 'since' }), ...bounds(asked) } : null;
};

/** The row's record, if it is one of those asked for. */
const recordIn = ({ partnerId, filter }: Asked, { packed }: Row): CustomerRecord | null => {
  const record = unpackRecords(packed).get(partnerId);
  return record && accepts(filter, record) ? record : null;
};

/** A row of another index, at its place in the sorted list. */
const placed = (asked: Asked, row: Row): Listed[] => {
  const [record, id] = [recordIn(asked, row), idOf(row.member)];
  const place = record && placeBy(asked.sort, record, id);
  return place ? [{ place, id, record }] : [];
};

/** In the order of the sorted list, which is that of their bytes; found by two words, a customer is there once. */
const sorted = (asked: Asked, rows: readonly Row[]): Listed[] => {
  const found = new Map(rows.flatMap((row) => placed(asked, row)).map((one) => [one.id, one]));
  const bytes = (one: { readonly place: string }) => Buffer.from(one.place);
  return [...found.values()]
    .filter((one) => Buffer.compare(bytes(one), Buffer.from(asked.after)) > 0)
    .sort((one, other) => Buffer.compare(bytes(one), bytes(other)));
};
