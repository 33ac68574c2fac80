import { ANY, NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import { each, inTurn, type Scenarios } from '../scenario.js';
import type { Witness } from '../witness.js';

const EXPECTATIONS = [
  ['no stream', NO_STREAM],
  ['any', ANY],
  ['stream exists', STREAM_EXISTS],
] as const;

/** `stream_exists` needs an event before the batch. */
async function prepare(w: Witness, expected: string): Promise<void> {
  if (expected === STREAM_EXISTS) await w.append(w.stream(), w.event('zero'), NO_STREAM);
}

export const idempotency: Scenarios = {
  ...each(EXPECTATIONS, (label, expected) => ({
    [`idempotent.same batch again, ${label}`]: async (w) => {
      await prepare(w, expected);
      const again = () => w.append(w.stream(), w.events('a', 'b'), expected);
      return inTurn(again, again, () => w.read(w.stream()));
    },
    [`idempotent.same batch after others, ${label}`]: async (w) => {
      await prepare(w, expected);
      const again = () => w.append(w.stream(), w.events('a', 'b'), expected);
      const first = await again();
      await w.append(w.stream(), w.event('c'), ANY);
      return [first, ...(await inTurn(again, () => w.read(w.stream())))];
    },
  })),
  'idempotent.exact revision, again and again after others': async (w) => {
    await w.append(w.stream(), w.event('a'), NO_STREAM);
    const first = await w.append(w.stream(), w.events('b', 'c'), 0n);
    await w.append(w.stream(), w.event('d'), 2n);
    const rest = await inTurn(
      () => w.append(w.stream(), w.events('b', 'c'), 0n),
      () => w.append(w.stream(), w.events('b', 'c'), 3n),
      () => w.read(w.stream()),
    );
    return [first, ...rest];
  },
  'idempotent.prefix of the old batch': (w) =>
    inTurn(
      () => w.append(w.stream(), w.events('a', 'b', 'c'), NO_STREAM),
      () => w.append(w.stream(), w.events('a', 'b'), NO_STREAM),
      () => w.read(w.stream()),
    ),
  'idempotent.old ids then new ids, no stream': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), NO_STREAM);
    return inTurn(
      () => w.append(w.stream(), w.events('a', 'b', 'c'), NO_STREAM),
      () => w.append(w.stream(), w.events('x', 'b'), NO_STREAM),
      () => w.read(w.stream()),
    );
  },
  'idempotent.old ids then new ids, any': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), ANY);
    return inTurn(
      () => w.append(w.stream(), w.events('a', 'b', 'c'), ANY),
      () => w.read(w.stream()),
    );
  },
  'idempotent.new ids then old ids, any': async (w) => {
    await w.append(w.stream(), w.events('a', 'b'), ANY);
    return inTurn(
      () => w.append(w.stream(), w.events('c', 'a'), ANY),
      () => w.read(w.stream()),
    );
  },
  'idempotent.same id, other stream': (w) =>
    inTurn(
      () => w.append(w.stream('1'), w.event('a'), NO_STREAM),
      () => w.append(w.stream('2'), w.event('a'), NO_STREAM),
      () => w.append(w.stream('3'), w.event('a'), ANY),
      () => w.read(w.stream('2')),
      () => w.read(w.stream('3')),
    ),
  'idempotent.same id, other content: the first stays': (w) =>
    inTurn(
      () => w.append(w.stream(), w.event('a', { data: { v: 1 } }), NO_STREAM),
      () => w.append(w.stream(), w.event('a', { data: { v: 2 } }), NO_STREAM),
      () => w.read(w.stream(), {}, ({ event }) => w.full(event)),
    ),
};
