import { BACKWARDS, END, NO_STREAM } from '@eventstore/db-client';
import { inTurn, type Scenarios } from '../scenario.js';
import { getMetadata, setMetadata } from '../actions.js';

export const metadata: Scenarios = {
  'metadata.none, set, get, set again, wrong revision': (w) => {
    const stream = w.stream();
    return inTurn(
      () => getMetadata(w, stream),
      () => setMetadata(w, stream, { maxCount: 3, maxAge: 1000, truncateFrom: 1, custom: { a: 1 } }),
      () => getMetadata(w, stream),
      () => setMetadata(w, stream, { maxCount: 2 }, NO_STREAM),
      () => setMetadata(w, stream, { maxCount: 2 }, 0n),
      () => getMetadata(w, stream),
      () => w.read(stream),
    );
  },
  'metadata.maxCount hides the oldest': async (w) => {
    const stream = w.stream();
    await w.append(stream, w.many(5), NO_STREAM);
    await setMetadata(w, stream, { maxCount: 2 });
    const before = await inTurn(
      () => w.read(stream),
      () => w.read(stream, { direction: BACKWARDS, fromRevision: END }),
      () => w.read(stream, { fromRevision: 1n, maxCount: 1 }),
    );
    await w.append(stream, w.event('e5'), 4n);
    return [...before, await w.read(stream)];
  },
  'metadata.truncateBefore': async (w) => {
    const stream = w.stream();
    await w.append(stream, w.many(5), NO_STREAM);
    await setMetadata(w, stream, { truncateBefore: 3 });
    const before = await w.read(stream);
    await setMetadata(w, stream, { truncateBefore: 10 });
    const rest = await inTurn(
      () => w.read(stream),
      () => w.append(stream, w.event('f'), 4n),
      () => w.read(stream),
    );
    return [before, ...rest];
  },
  'metadata.first batch again after truncation': async (w) => {
    const stream = w.stream();
    await w.append(stream, w.events('a', 'b'), NO_STREAM);
    await setMetadata(w, stream, { truncateBefore: 2 });
    return inTurn(
      () => w.append(stream, w.events('a', 'b'), NO_STREAM),
      () => w.read(stream),
    );
  },
};
