import { NO_REVISION, TOMBSTONE_REVISION, type ExpectedRevision } from './model.js';

/** What a decision needs to know of the stream; the costly facts are asked for only when they matter. */
export interface StreamFacts {
  /** The revision of the last event, NO_REVISION without one, TOMBSTONE_REVISION after a tombstone. */
  readonly last: number;
  softDeleted(): boolean;
  hasMetadata(): boolean;
  /** The revision under which this stream lately stored an event, kept in memory only. */
  recentRevisionOf(eventId: string): number | undefined;
  /** The id of the stored event at a revision. */
  eventIdAt(revision: number): string | undefined;
}

export type AppendDecision =
  | { readonly kind: 'append'; readonly revives: boolean }
  /** The events are there already; `revision` is that of the last of them. */
  | { readonly kind: 'repeated'; readonly revision: number }
  | { readonly kind: 'wrong-expected-version' }
  | { readonly kind: 'stream-deleted' };

const WRONG: AppendDecision = { kind: 'wrong-expected-version' };
const DELETED: AppendDecision = { kind: 'stream-deleted' };

/** Decides what an append (or a deletion, as one event with a fresh id) does, as an EventStoreDB node does. */
export function decideAppend(expected: ExpectedRevision, ids: readonly string[], stream: StreamFacts): AppendDecision {
  if (stream.last === TOMBSTONE_REVISION) return DELETED;
  if (expected === 'stream_exists') return decideExisting(ids, stream);
  if (expected === 'any') return decideByRecentIds(ids, stream);
  return decideExact(expected === 'no_stream' ? NO_REVISION : expected, ids, stream);
}

function decideExisting(ids: readonly string[], stream: StreamFacts): AppendDecision {
  if (stream.softDeleted()) return DELETED;
  if (stream.last === NO_REVISION && !stream.hasMetadata()) return WRONG;
  return decideByRecentIds(ids, stream);
}

/** Without an exact revision a repeat is known by its ids alone, and only if all of them are. */
function decideByRecentIds(ids: readonly string[], stream: StreamFacts): AppendDecision {
  let revision: number | undefined;
  for (const id of ids) {
    const found = stream.recentRevisionOf(id);
    if (found === undefined) return revision === undefined ? append(stream) : WRONG;
    revision = found;
  }
  return revision === undefined ? append(stream) : { kind: 'repeated', revision };
}

function decideExact(expected: number, ids: readonly string[], stream: StreamFacts): AppendDecision {
  if (expected > stream.last) return WRONG;
  if (expected === stream.last) return append(stream);
  const differing = ids.findIndex((id, index) => stream.eventIdAt(expected + 1 + index) !== id);
  if (differing === -1 && ids.length > 0) return { kind: 'repeated', revision: expected + ids.length };
  const revives = differing === 0 && expected === NO_REVISION && stream.softDeleted();
  return revives ? { kind: 'append', revives } : WRONG;
}

function append(stream: StreamFacts): AppendDecision {
  return { kind: 'append', revives: stream.softDeleted() };
}
