import { BACKWARDS, END, NO_STREAM, START } from '@eventstore/db-client';
import type { Plain } from '../plain.js';
import { inTurn, type Scenarios } from '../scenario.js';

export const reading: Scenarios = {
  'content.json, binary, metadata, unicode': (w) =>
    inTurn(
      () =>
        w.append(
          w.stream(),
          [
            w.event('a', {
              type: 'Ünïcode ✓',
              data: { text: 'Olá, relação 🇵🇹', nested: { a: [1, 2, { b: null }] } },
              metadata: { correlationId: 'k', n: 1 },
            }),
            w.event('b', { binary: new Uint8Array([0, 1, 2, 255]), metadata: new Uint8Array([9, 8]) }),
            w.event('c', { data: 'just a string' }),
            w.event('d', { data: [1, 2, 3] }),
            w.event('e', { data: 7 }),
          ],
          NO_STREAM,
        ),
      () => w.read(w.stream(), {}, ({ event }) => w.full(event)),
    ),
  'content.stream name with odd characters': (w) => {
    const stream = w.stream('é ✓/\\?#%:@ x');
    return inTurn(
      () => w.append(stream, w.event('a'), NO_STREAM),
      () => w.read(stream, {}, ({ event }) => w.full(event)),
    );
  },
  'read.missing stream': (w) =>
    inTurn(
      () => w.read(w.stream()),
      () => w.read(w.stream(), { direction: BACKWARDS, fromRevision: END }),
    ),
  'read.windows': async (w) => {
    const stream = w.stream();
    await w.append(stream, w.many(10), NO_STREAM);
    const back = { direction: BACKWARDS } as const;
    return {
      all: await w.read(stream),
      first3: await w.read(stream, { maxCount: 3 }),
      from4: await w.read(stream, { fromRevision: 4n }),
      from4x2: await w.read(stream, { fromRevision: 4n, maxCount: 2 }),
      past: await w.read(stream, { fromRevision: 10n }),
      farPast: await w.read(stream, { fromRevision: 1000n }),
      last: await w.read(stream, { ...back, fromRevision: END, maxCount: 1 }),
      back3: await w.read(stream, { ...back, fromRevision: END, maxCount: 3 }),
      back4: await w.read(stream, { ...back, fromRevision: 4n }),
      backPast: await w.read(stream, { ...back, fromRevision: 100n, maxCount: 2 }),
      backStart: await w.read(stream, { ...back, fromRevision: START }),
      endForwards: await w.read(stream, { fromRevision: END }),
    };
  },
  'read.five hundred events': async (w) => {
    await w.append(w.stream(), w.many(500), NO_STREAM);
    const all = (await w.read(w.stream())) as Plain[];
    return { n: all.length, inOrder: all.every((said, i) => said === `e${i}@${i}`) };
  },
  'all.order and position windows': async (w) => {
    await w.append(w.stream('1'), w.events('a', 'b'), NO_STREAM);
    const first = w.position;
    await w.append(w.stream('2'), w.event('c'), NO_STREAM);
    const second = w.position;
    await w.append(w.stream('1'), w.event('d'), 1n);
    const third = w.position;
    return {
      forwardsFromB: await w.readAll({ fromPosition: first }),
      forwardsFromC1: await w.readAll({ fromPosition: second, maxCount: 1 }),
      backwardsFromC: await w.readAll({ fromPosition: second, direction: BACKWARDS, maxCount: 2 }),
      newest: await w.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }),
      endForwards: await w.readAll({ fromPosition: END }),
      rising: first.commit < second.commit && second.commit < third.commit,
    };
  },
  'all.first event of a new database is a system event': async (w) => {
    const first: boolean[] = [];
    for await (const { event } of w.client.readAll({ maxCount: 1 })) first.push(event?.type.startsWith('$') ?? false);
    return first;
  },
};
