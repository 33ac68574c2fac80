import { ANY, BACKWARDS, END, NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import type { Plain } from '../plain.js';
import { inTurn, type Scenarios } from '../scenario.js';
import { deleteStream, getMetadata, setMetadata, tombstone } from '../actions.js';

const AFTERWARDS = [
  ['any', ANY],
  ['no stream', NO_STREAM],
  ['stream exists', STREAM_EXISTS],
  ['head', 1n],
  ['old', 0n],
] as const;

export const deletion: Scenarios = {
  'delete.missing stream': (w) =>
    inTurn(
      () => deleteStream(w, w.stream()),
      () => deleteStream(w, w.stream(), { expectedRevision: NO_STREAM }),
      () => deleteStream(w, w.stream(), { expectedRevision: 0n }),
    ),
  'delete.then read, delete again, append with each expectation': async (w) => {
    const out: Record<string, Plain> = {};
    for (const [label, expected] of AFTERWARDS) {
      const stream = w.stream(label);
      await w.append(stream, w.events(`${label}a`, `${label}b`), NO_STREAM);
      out[label] = await inTurn(
        () => deleteStream(w, stream),
        () => w.read(stream),
        () => w.append(stream, w.event(`${label}c`), expected),
        () => w.read(stream),
      );
    }
    return out;
  },
  'delete.twice, wrong revision': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), NO_STREAM);
    return inTurn(
      () => deleteStream(w, w.stream(), { expectedRevision: 0n }),
      () => deleteStream(w, w.stream(), { expectedRevision: 1n }),
      () => deleteStream(w, w.stream()),
      () => w.read(w.stream()),
    );
  },
  'delete.first batch again after delete': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), NO_STREAM);
    await deleteStream(w, w.stream());
    return inTurn(
      () => w.append(w.stream(), w.events('a', 'b'), NO_STREAM),
      () => w.read(w.stream()),
    );
  },
  'delete.events stay in $all': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), NO_STREAM);
    await deleteStream(w, w.stream());
    const newest = { direction: BACKWARDS, fromPosition: END, maxCount: 200 } as const;
    return w.readAll(newest, (stream) => stream === w.stream());
  },
  'tombstone.then everything': async (w) => {
    const stream = w.stream();
    await w.append(stream, w.event('a'), NO_STREAM);
    return inTurn(
      () => tombstone(w, stream),
      () => w.read(stream),
      () => w.append(stream, w.event('b'), ANY),
      () => w.append(stream, w.event('b'), NO_STREAM),
      () => w.append(stream, w.event('a'), NO_STREAM),
      () => deleteStream(w, stream),
      () => tombstone(w, stream),
      () => getMetadata(w, stream),
      () => setMetadata(w, stream, { maxCount: 1 }),
    );
  },
  'tombstone.missing stream, wrong revision': async (w) => {
    await w.append(w.stream('x'), w.event('a'), NO_STREAM);
    return inTurn(
      () => tombstone(w, w.stream('never')),
      () => w.append(w.stream('never'), w.event('b'), ANY),
      () => tombstone(w, w.stream('x'), { expectedRevision: 4n }),
      () => w.read(w.stream('x')),
    );
  },
};
