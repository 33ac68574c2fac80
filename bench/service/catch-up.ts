import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { START, eventTypeFilter } from '@eventstore/db-client';
import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { ALL_EVENT_TYPES } from '../../projections/kernel/event-types.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { untilReached } from './read-models.js';
import type { Stage } from './stage.js';
import { keysOf } from './stored.js';

/** How many entries the audit trail holds. */
export const entriesIn = async (redis: ReadModelRedis): Promise<number> => {
  const lengths = (await keysOf(redis, auditTrail)).map(({ log }) => redis.xlen(log));
  return (await Promise.all(lengths)).reduce((sum, length) => sum + length, 0);
};

/** Events per second of the read models' subscription when nothing is done with what it brings. */
export const drain = async (store: EventStoreDBClient): Promise<{ perSecond: number; last: bigint }> => {
  const filter = eventTypeFilter({ regex: `^(?:${ALL_EVENT_TYPES.join('|')})$` });
  const subscription = store.subscribeToAll({ fromPosition: START, filter });
  let [events, last, first] = [0, 0n, 0];
  subscription.on('caughtUp', () => void subscription.push({ end: true } as never));
  for await (const one of subscription as AsyncIterable<{ end?: true; event?: { position?: { commit: bigint } } }>) {
    if (one.end) break;
    first ||= performance.now();
    events += 1;
    last = one.event?.position?.commit ?? last;
  }
  const perSecond = (events * 1_000) / (performance.now() - first);
  await subscription.unsubscribe();
  return { perSecond, last };
};

/**
 * Events per second at which the running service builds all read models from nothing, from the first batch on: everything
 * they hold is thrown away under its hands.
 */
export const catchUp = async ({ redis }: Stage, last: bigint): Promise<number> => {
  await redis.flushall();
  let [before, began] = [0, 0];
  while (before === 0) {
    await sleep(1);
    before = await entriesIn(redis);
    began = performance.now();
  }
  await untilReached(redis, last);
  return (((await entriesIn(redis)) - before) * 1_000) / (performance.now() - began);
};
