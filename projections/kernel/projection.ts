import type { Fact } from './event-types.js';

/** Where a document is kept: `id` is unique within its group. Everything of one group can later live on one shard. */
export interface DocumentKey {
  readonly group: string;
  readonly id: string;
}

/** A place in an index. Members are unique and sorted bytewise, so that a page begins after any member at equal cost. */
export interface IndexEntry {
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
  /** The document the event concerns; null when it concerns none. */
  readonly key: (fact: Fact) => DocumentKey | null;
  /** The document after the event; null for none. */
  readonly evolve: (doc: Doc | null, fact: Fact) => Doc | null;
  /** Where the document is found, derived from it alone. */
  readonly entries: (doc: Doc, key: DocumentKey) => readonly IndexEntry[];
}

/** A list, beside the whole log, that an entry stands in. A `short` one holds few entries, as one customer's does. */
export interface Listing {
  readonly list: string;
  readonly length: 'long' | 'short';
}

/** A read model that gains one entry by every event, in log order; no entry is ever changed. */
export interface LogProjection<Entry> extends Packing<Entry> {
  readonly name: string;
  readonly version: number;
  readonly entry: (fact: Fact) => Entry;
  readonly listings: (entry: Entry) => readonly Listing[];
}
