import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { entriesOf } from '../../projections/audit-trail/audit-trail.js';
import { customerList, customersBy } from '../../projections/customer-list/customer-list.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { encodeCursor } from '../../src/platform/redis/cursor.js';
import type { Call } from './load.js';
import { load } from './load.js';
import type { Pace } from './pace.js';
import type { Authorization } from './people.js';
import { keysFor } from './stored.js';

const PLACES = 500;
/** In characters: a member of the list begins with its kind. */
const KIND_WIDTH = 2;

/** The pages of 50 that begin at random places of a list, as paths. */
export interface Pages {
  readonly paths: readonly string[];
  readonly who: Authorization;
}

const from = (path: string, cursors: readonly string[], who: Authorization): Pages => ({
  paths: cursors.map((cursor) => `${path}?cursor=${encodeURIComponent(cursor)}`),
  who,
});

/** Pages of a partner's customers. */
export const listPages = async (redis: ReadModelRedis, partnerId: string, who: Authorization): Promise<Pages> => {
  const lists = await keysFor(redis, customerList, partnerId);
  const list = lists.index(customersBy('name', partnerId));
  const leaves = await redis.zrandmember(`${list}:leaves`, PLACES);
  const places = (leaves as string[]).map((first) => encodeCursor(first.slice(KIND_WIDTH)));
  return from(`/v1/partners/${partnerId}/customers`, places, who);
};

/** Pages of a partner's part of the audit trail. */
export const auditPages = async (redis: ReadModelRedis, partnerId: string, who: Authorization): Promise<Pages> => {
  const list = (await keysFor(redis, auditTrail, partnerId)).list(entriesOf.partner(partnerId).list);
  const [first, last] = await Promise.all([
    redis.xrange(list, '-', '+', 'COUNT', 1),
    redis.xrevrange(list, '+', '-', 'COUNT', 100),
  ]);
  const [low, high] = [first[0], last.at(-1)].map((entry) => Number(entry?.[0].split('-')[0])) as [number, number];
  const positions = Array.from({ length: PLACES }, () => BigInt(Math.floor(low + Math.random() * (high - low))));
  return from(
    `/v1/partners/${partnerId}/audit`,
    positions.map((position) => encodeCursor(position.toString())),
    who,
  );
};

/** The calls for these pages, one after the other, for ever. */
export const inTurn = ({ paths, who }: Pages): (() => Call) => {
  let count = 0;
  return () => ({ method: 'GET', path: paths[(count += 1) % paths.length] as string, headers: who });
};

export const pagesPace = (url: string, pages: Pages, seconds: number): Promise<Pace> =>
  load({ url, next: inTurn(pages), seconds });
