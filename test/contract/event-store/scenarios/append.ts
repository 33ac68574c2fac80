import { ANY, NO_STREAM, STREAM_EXISTS, type AppendExpectedRevision } from '@eventstore/db-client';
import type { Plain } from '../plain.js';
import { each, inTurn, type Scenarios } from '../scenario.js';

const EXPECTATIONS: readonly (readonly [string, AppendExpectedRevision])[] = [
  ['any', ANY],
  ['no stream', NO_STREAM],
  ['stream exists', STREAM_EXISTS],
  ['revision 0', 0n],
  ['revision 5', 5n],
];
const credentials = { username: 'admin', password: 'changeit' };
const succeeded = (answer: Plain) => (answer as { success?: boolean }).success === true;
const conflicted = (answer: Plain) => (answer as { error?: string }).error === 'WrongExpectedVersionError';

export const append: Scenarios = {
  ...each(EXPECTATIONS, (label, expected) => ({
    [`append.first, expecting ${label}`]: (w) =>
      inTurn(
        () => w.append(w.stream(), w.event('a'), expected),
        () => w.read(w.stream()),
      ),
    [`append.second, expecting ${label}`]: (w) =>
      inTurn(
        () => w.append(w.stream(), w.event('a'), NO_STREAM),
        () => w.append(w.stream(), w.event('b'), expected),
        () => w.read(w.stream()),
      ),
  })),
  'append.three events at once': (w) =>
    inTurn(
      () => w.append(w.stream(), w.events('a', 'b', 'c'), NO_STREAM),
      () => w.append(w.stream(), w.events('d', 'e'), 2n),
      () => w.read(w.stream()),
    ),
  'append.no events, new stream, any': (w) =>
    inTurn(
      () => w.append(w.stream(), [], ANY),
      () => w.read(w.stream()),
    ),
  'append.no events, existing stream, exact': (w) =>
    inTurn(
      () => w.append(w.stream(), w.event('a'), NO_STREAM),
      () => w.append(w.stream(), [], 0n),
      () => w.append(w.stream(), [], NO_STREAM),
    ),
  'append.position returned is that of the last event': async (w) => {
    await w.append(w.stream(), w.events('a', 'b', 'c'), NO_STREAM);
    const { commit } = w.position;
    const same: boolean[] = [];
    for await (const { event } of w.client.readStream(w.stream())) same.push(event?.position?.commit === commit);
    return same;
  },
  'append.throwOnAppendFailure false': async (w) => {
    await w.append(w.stream(), w.event('a'), NO_STREAM);
    return w.append(w.stream(), w.event('b'), NO_STREAM, { throwOnAppendFailure: false } as object);
  },
  'append.one MiB and over': (w) => {
    const big = (symbol: string, size: number) => w.event(symbol, { data: { x: 'x'.repeat(size) } });
    return inTurn(
      () => w.append(w.stream('under'), big('a', 1_000_000), NO_STREAM),
      () => w.append(w.stream('over'), big('b', 1_200_000), NO_STREAM),
      () => w.append(w.stream('sum'), [big('c', 600_000), big('d', 600_000)], NO_STREAM),
      () => w.read(w.stream('over')),
      () => w.read(w.stream('sum')),
    );
  },
  'append.twenty at once to one stream, each expecting no stream': async (w) => {
    const answers = await Promise.all(w.many(20).map((event) => w.append(w.stream(), event, NO_STREAM)));
    const stored = (await w.read(w.stream())) as Plain[];
    return { won: answers.filter(succeeded).length, lost: answers.filter(conflicted).length, stored: stored.length };
  },
  'append.hundred at once, any, keep order of sending': async (w) => {
    const answers = await Promise.all(w.many(100).map((event) => w.append(w.stream(), event, ANY)));
    const stored = (await w.read(w.stream())) as Plain[];
    return { ok: answers.every(succeeded), inOrder: stored.every((said, i) => said === `e${i}@${i}`) };
  },
  'append.classic call (with credentials), conflict': (w) =>
    inTurn(
      () => w.append(w.stream(), w.event('a'), NO_STREAM, { credentials }),
      () => w.append(w.stream(), w.event('b'), NO_STREAM, { credentials }),
      () => w.append(w.stream(), w.event('c'), 0n, { credentials }),
      () => w.read(w.stream()),
    ),
};
