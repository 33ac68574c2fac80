import { decideAppend, type StreamFacts } from './append-decision.js';
import { NO_REVISION, TOMBSTONE_REVISION } from './model.js';

/** A stream whose events have these ids, all of them remembered. */
const streamOf = (ids: readonly string[], facts: Partial<StreamFacts> = {}): StreamFacts => ({
  last: ids.length - 1,
  softDeleted: () => false,
  hasMetadata: () => false,
  recentRevisionOf: (id) => (ids.includes(id) ? ids.indexOf(id) : undefined),
  eventIdAt: (revision) => ids[revision],
  ...facts,
});

const APPENDED = { kind: 'append', revives: false };
const REVIVED = { kind: 'append', revives: true };
const WRONG = { kind: 'wrong-expected-version' };
const DELETED = { kind: 'stream-deleted' };
const repeated = (revision: number) => ({ kind: 'repeated', revision });

describe('an append to a stream without events', () => {
  const empty = streamOf([]);
  it('is done when any or no stream is expected', () => {
    expect(decideAppend('any', ['a'], empty)).toEqual(APPENDED);
    expect(decideAppend('no_stream', ['a'], empty)).toEqual(APPENDED);
  });
  it('is refused when a revision or a stream is expected', () => {
    expect(decideAppend(0, ['a'], empty)).toEqual(WRONG);
    expect(decideAppend('stream_exists', ['a'], empty)).toEqual(WRONG);
  });
  it('is done when a stream is expected and its metadata exists', () => {
    expect(decideAppend('stream_exists', ['a'], streamOf([], { hasMetadata: () => true }))).toEqual(APPENDED);
  });
});

describe('an append that expects an exact revision', () => {
  const stream = streamOf(['a', 'b', 'c']);
  it('is done at the head, whatever the ids', () => expect(decideAppend(2, ['a'], stream)).toEqual(APPENDED));
  it('is refused beyond the head', () => expect(decideAppend(3, ['d'], stream)).toEqual(WRONG));
  it('is a repeat when the same events follow the revision', () => {
    expect(decideAppend('no_stream', ['a', 'b'], stream)).toEqual(repeated(1));
    expect(decideAppend(0, ['b', 'c'], stream)).toEqual(repeated(2));
  });
  it('is refused when other events follow, or only some of them', () => {
    expect(decideAppend(0, ['x'], stream)).toEqual(WRONG);
    expect(decideAppend(0, ['b', 'x'], stream)).toEqual(WRONG);
    expect(decideAppend(1, ['c', 'd'], stream)).toEqual(WRONG);
  });
  it('is refused without events when the stream has gone on', () => expect(decideAppend(0, [], stream)).toEqual(WRONG));
  it('is done without events at the head', () => expect(decideAppend(2, [], stream)).toEqual(APPENDED));
});

describe('an append that expects any revision', () => {
  const stream = streamOf(['a', 'b', 'c']);
  it('is done when its first id is new', () => expect(decideAppend('any', ['x', 'a'], stream)).toEqual(APPENDED));
  it('is a repeat when all its ids are known', () =>
    expect(decideAppend('any', ['a', 'b'], stream)).toEqual(repeated(1)));
  it('is refused when old ids are followed by new ones', () =>
    expect(decideAppend('any', ['a', 'x'], stream)).toEqual(WRONG));
  it('is done again when its ids are forgotten', () => {
    expect(decideAppend('any', ['a'], { ...stream, recentRevisionOf: () => undefined })).toEqual(APPENDED);
  });
});

describe('an append to a deleted stream', () => {
  const deleted = streamOf(['a', 'b'], { softDeleted: () => true });
  it('revives it when any, none or its last revision is expected', () => {
    expect(decideAppend('any', ['c'], deleted)).toEqual(REVIVED);
    expect(decideAppend('no_stream', ['c'], deleted)).toEqual(REVIVED);
    expect(decideAppend(1, ['c'], deleted)).toEqual(REVIVED);
  });
  it('is refused when the stream or an old revision is expected', () => {
    expect(decideAppend('stream_exists', ['c'], deleted)).toEqual(DELETED);
    expect(decideAppend(0, ['c'], deleted)).toEqual(WRONG);
  });
  it('is a repeat when it repeats what the stream began with', () => {
    expect(decideAppend('no_stream', ['a', 'b'], deleted)).toEqual(repeated(1));
  });
});

describe('an append to a tombstoned stream', () => {
  it.each(['any', 'no_stream', 'stream_exists', 0, NO_REVISION] as const)('is refused expecting %s', (expected) => {
    expect(decideAppend(expected, ['a'], streamOf(['a'], { last: TOMBSTONE_REVISION }))).toEqual(DELETED);
  });
});
