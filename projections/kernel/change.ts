import type { DocumentKey, IndexEntry, Listing } from './projection.js';

/** What a batch of events does to a stored read model. */
export type Change =
  | { readonly do: 'put'; readonly key: DocumentKey; readonly packed: string }
  | { readonly do: 'drop'; readonly key: DocumentKey }
  | { readonly do: 'enter'; readonly entry: IndexEntry }
  | { readonly do: 'leave'; readonly entry: IndexEntry }
  | {
      readonly do: 'append';
      readonly position: bigint;
      readonly packed: string;
      readonly listings: readonly Listing[];
    };
