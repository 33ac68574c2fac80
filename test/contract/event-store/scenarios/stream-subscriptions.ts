import { ANY, END, NO_STREAM, START } from '@eventstore/db-client';
import { caughtUp, eventsOf, follow, seen } from '../follow.js';
import type { Scenarios } from '../scenario.js';
import { deleteStream, tombstone } from '../actions.js';

export const streamSubscriptions: Scenarios = {
  'subscribe.stream from start, then live': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), NO_STREAM);
    return follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: START }), {
      enough: seen(4),
      during: () => w.append(w.stream(), w.events('c', 'd'), 1n),
    });
  },
  'subscribe.stream after a revision': async (w) => {
    await w.append(w.stream(), w.events('a', 'b', 'c'), NO_STREAM);
    return follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: 0n }), {
      enough: (log) => seen(2)(log) && caughtUp(log),
    });
  },
  'subscribe.stream from end': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), NO_STREAM);
    return follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: END }), {
      enough: seen(1),
      during: () => w.append(w.stream(), w.event('c'), 1n),
    });
  },
  'subscribe.stream that does not exist yet': (w) =>
    follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: START }), {
      enough: seen(1),
      during: () => w.append(w.stream(), w.event('a'), NO_STREAM),
    }),
  'subscribe.stream already tombstoned': async (w) => {
    await w.append(w.stream(), w.event('a'), NO_STREAM);
    await tombstone(w, w.stream());
    const subscription = w.client.subscribeToStream(w.stream(), { fromRevision: START });
    return follow(w, subscription, { enough: () => false, ms: 2500 });
  },
  'subscribe.stream tombstoned while subscribed': async (w) => {
    await w.append(w.stream(), w.event('a'), NO_STREAM);
    return follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: START }), {
      enough: () => false,
      ms: 3500,
      during: () => tombstone(w, w.stream()),
    });
  },
  'subscribe.stream soft-deleted while subscribed, then written again': async (w) => {
    await w.append(w.stream(), w.event('a'), NO_STREAM);
    return follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: START }), {
      enough: seen(2),
      during: async () => {
        await deleteStream(w, w.stream());
        await w.append(w.stream(), w.event('b'), ANY);
      },
    });
  },
  'subscribe.stream, thousand events behind': async (w) => {
    await w.append(w.stream(), w.many(1000), NO_STREAM);
    const { log, ended } = await follow(w, w.client.subscribeToStream(w.stream(), { fromRevision: START }), {
      enough: (said) => seen(1000)(said) && caughtUp(said),
      ms: 8000,
    });
    const events = eventsOf(log);
    return {
      ended,
      n: events.length,
      inOrder: events.every((said, i) => said === `e${i}@${i}`),
      first: log[0],
      caughtUp: log.filter((said) => said === 'caught up').length,
      caughtUpAfterAll: log.indexOf('caught up') > log.indexOf('e999@999'),
    };
  },
};
