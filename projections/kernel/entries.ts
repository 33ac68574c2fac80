import type { Change } from './change.js';
import type { Fact } from './event-types.js';
import type { Listing, LogProjection } from './projection.js';
import { shardOf } from './shard.js';

const listsOn = (shard: number, listings: readonly Listing[]): readonly string[] => {
  const lists: string[] = [];
  for (const { owner, list } of listings) if (shardOf(owner) === shard) lists.push(list);
  return lists;
};

/**
 * What an event adds to a shard of a log: the entry itself on the shard of each listing's owner, once; a reference to
 * the first of those elsewhere. An entry without listings is kept where it is referred to.
 */
export const entryChanges = <Entry>(projection: LogProjection<Entry>, shard: number, fact: Fact): Change[] => {
  const { position } = fact;
  const entry = projection.entry(fact);
  const listings = projection.listings(entry);
  const references = projection.references(entry);
  const first = listings[0] ?? references[0];
  const home = first ? shardOf(first.owner) : 0;
  const lists = listsOn(shard, listings);
  const changes: Change[] = [];
  if (lists.length > 0 || home === shard)
    changes.push({ do: 'append', position, packed: projection.pack(entry), lists });
  for (const list of listsOn(shard, references)) changes.push({ do: 'refer', position, list, home });
  return changes;
};
