import type { DocumentKey, IndexEntry } from './projection.js';

/** What a batch of events does to one shard of a stored read model. */
export type Change =
  | { readonly do: 'put'; readonly key: DocumentKey; readonly packed: string }
  | { readonly do: 'drop'; readonly key: DocumentKey }
  | { readonly do: 'enter'; readonly entry: IndexEntry }
  | { readonly do: 'leave'; readonly entry: IndexEntry }
  | { readonly do: 'append'; readonly position: bigint; readonly packed: string; readonly lists: readonly string[] }
  /** The entry is kept on the shard `home`. */
  | { readonly do: 'refer'; readonly position: bigint; readonly list: string; readonly home: number };
