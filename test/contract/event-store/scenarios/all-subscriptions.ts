import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  NO_STREAM,
  START,
  streamNameFilter,
  type Filter,
} from '@eventstore/db-client';
import { caughtUp, follow, seen } from '../follow.js';
import type { Plain } from '../plain.js';
import type { Scenarios } from '../scenario.js';
import { runId, type Witness } from '../witness.js';
import { setMetadata } from '../actions.js';

const own = (w: Witness) => streamNameFilter({ prefixes: [w.prefix] });
const toEnd = (w: Witness, filter: Filter) =>
  follow(w, w.client.subscribeToAll({ fromPosition: START, filter }), { enough: caughtUp });

export const allSubscriptions: Scenarios = {
  'subscribe.all by stream prefix, then live': async (w) => {
    await w.append(w.stream('1'), w.events('a', 'b'), NO_STREAM);
    await w.append(w.stream('2'), w.event('c'), NO_STREAM);
    return follow(w, w.client.subscribeToAll({ fromPosition: START, filter: own(w) }), {
      enough: seen(5),
      during: async () => {
        await w.append(w.stream('2'), w.event('d'), 0n);
        await w.append(w.stream('1'), w.event('e'), 1n);
      },
    });
  },
  'subscribe.all after a position is exclusive': async (w) => {
    await w.append(w.stream('1'), w.event('a'), NO_STREAM);
    const fromPosition = w.position;
    await w.append(w.stream('2'), w.event('b'), NO_STREAM);
    return follow(w, w.client.subscribeToAll({ fromPosition, filter: own(w) }), {
      enough: (log) => seen(1)(log) && caughtUp(log),
    });
  },
  'subscribe.all from end': async (w) => {
    await w.append(w.stream('1'), w.event('a'), NO_STREAM);
    return follow(w, w.client.subscribeToAll({ fromPosition: END, filter: own(w) }), {
      enough: seen(1),
      during: () => w.append(w.stream('1'), w.event('b'), 0n),
    });
  },
  'subscribe.all by event type prefix and by expressions': async (w) => {
    const type = `X${runId}`;
    const typed = [`${type}One`, `${type}Two`, `Other${type}`].map((name, i) =>
      w.event('abc'.charAt(i), { type: name }),
    );
    await w.append(w.stream('1'), typed, NO_STREAM);
    const inStream = `^${runId}\\.subscribe\\.all by event type prefix`;
    return {
      typePrefix: await toEnd(w, eventTypeFilter({ prefixes: [type] })),
      twoPrefixes: await toEnd(w, eventTypeFilter({ prefixes: [`${type}One`, `Other${type}`] })),
      typeRegex: await toEnd(w, eventTypeFilter({ regex: `${type}(One|Two)$` })),
      unanchored: await toEnd(w, eventTypeFilter({ regex: type })),
      streamRegex: await toEnd(w, streamNameFilter({ regex: inStream })),
    };
  },
  'subscribe.all exclude system events, unfiltered sees metadata': async (w) => {
    await w.append(w.stream('1'), w.event('a'), NO_STREAM);
    const fromPosition = w.position;
    await setMetadata(w, w.stream('1'), { maxCount: 5 });
    await w.append(w.stream('1'), w.event('b'), 0n);
    const watch = async (options: { filter?: Filter }) => {
      const subscription = w.client.subscribeToAll({ fromPosition, ...options });
      const { log, ended } = await follow(w, subscription, {
        enough: caughtUp,
        tell: ({ event }): Plain =>
          event?.streamId.includes(w.prefix) ? `${w.plain(event.streamId)}:${event.type}` : 'other',
      });
      return { log: log.filter((said) => said !== 'other'), ended };
    };
    return { excluded: await watch({ filter: excludeSystemEvents() }), unfiltered: await watch({}) };
  },
  'subscribe.all checkpoints while catching up': async (w) => {
    await w.append(w.stream('noise'), w.many(400, 'n', { type: 'Noise' }), NO_STREAM);
    const fromPosition = w.position;
    await w.append(w.stream('noise2'), w.many(400, 'm', { type: 'Noise' }), NO_STREAM);
    const wanted = `W${runId}`;
    await w.append(w.stream('wanted'), w.event('a', { type: wanted }), NO_STREAM);
    const { commit: last } = w.position;
    const checkpoints: bigint[] = [];
    const checkpointReached = async (_: unknown, { commit }: { commit: bigint }) => void checkpoints.push(commit);
    const pace = { checkpointInterval: 1, maxSearchWindow: 32, checkpointReached };
    const filter = eventTypeFilter({ prefixes: [wanted], ...pace });
    const subscription = w.client.subscribeToAll({ fromPosition, filter });
    const { log } = await follow(w, subscription, { enough: caughtUp, settleMs: 400 });
    return {
      log,
      several: checkpoints.length >= 5,
      rising: checkpoints.every((commit, i) => i === 0 || commit >= (checkpoints[i - 1] ?? 0n)),
      maxSane: checkpoints.every((commit) => commit <= last + 1_000_000_000n),
    };
  },
};
