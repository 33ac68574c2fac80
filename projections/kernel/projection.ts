import type { Fact } from './event-types.js';

/** Where a document is kept: on its owners' shards, on each of which `id` is unique within the group. */
export interface DocumentKey {
  /**
   * The partners it belongs to. On each of their shards it is a document of its own, which has seen the events that
   * concern its owners there. An event for everyone changes it wherever it is.
   */
  readonly owners: readonly string[] | 'everyone';
  readonly group: string;
  readonly id: string;
}

/** A place in an index. Members are unique and sorted bytewise, so that a page begins after any member at equal cost. */
export interface IndexEntry {
  /** The partner whose index it is, if the document has other owners too: the entry is on that one's shard only. */
  readonly owner?: string;
  readonly index: string;
  readonly member: string;
}

/** How a document or entry is stored: as few bytes as it takes. */
export interface Packing<T> {
  readonly pack: (value: T) => string;
  readonly unpack: (packed: string) => T;
}

/** A read model of documents. The same event delivered again leaves the document as it is. */
export interface DocumentProjection<Doc> extends Packing<Doc> {
  readonly name: string;
  /** Raised whenever the stored form changes: the new version is then built beside the old one. */
  readonly version: number;
  /** The oldest version whose stored form `unpack` understands: its build answers while the new one is made. */
  readonly readsFrom?: number;
  /**
   * The document the event concerns, whose owners are among the event's partners; null when it concerns none, which the
   * event's type alone decides.
   */
  readonly key: (fact: Fact) => DocumentKey | null;
  /**
   * The part of the document that the event changes, whatever the others hold; null for the whole of it. When left out,
   * every event concerns the whole.
   */
  readonly part?: (fact: Fact) => string | null;
  /** The document after the event; null for none. */
  readonly evolve: (doc: Doc | null, fact: Fact) => Doc | null;
  /** Where the document is found, on the same shard, derived from it alone. */
  readonly entries: (doc: Doc, key: DocumentKey) => readonly IndexEntry[];
}

/** A list of entries that belongs to a partner or a customer. */
export interface Listing {
  readonly owner: string;
  readonly list: string;
}

/** A read model that gains one entry by every event, in log order; no entry is ever changed. */
export interface LogProjection<Entry> extends Packing<Entry> {
  readonly name: string;
  readonly version: number;
  /** See {@link DocumentProjection}. */
  readonly readsFrom?: number;
  readonly entry: (fact: Fact) => Entry;
  /** The lists whose owners' shards keep the entry itself: read at once. */
  readonly listings: (entry: Entry) => readonly Listing[];
  /** Short lists that say where to find the entry. */
  readonly references: (entry: Entry) => readonly Listing[];
}
