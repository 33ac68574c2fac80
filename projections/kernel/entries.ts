import type { Change } from './change.js';
import type { Fact } from './event-types.js';
import type { Listing, LogProjection } from './projection.js';
import { shardOf } from './shard.js';

/**
 * What an event adds to a shard of a log: the entry itself on the shard of each listing's owner, once; a reference to
 * the first of those elsewhere. An entry without listings is kept where it is referred to.
 */
export const entryChanges = <Entry>(projection: LogProjection<Entry>, shard: number, fact: Fact): Change[] => {
  const { position } = fact;
  const entry = projection.entry(fact);
  const isHere = ({ owner }: Listing) => shardOf(owner) === shard;
  const [listings, references] = [projection.listings(entry), projection.references(entry)];
  const first = listings[0] ?? references[0];
  const home = first ? shardOf(first.owner) : 0;
  const lists = listings.filter(isHere).map(({ list }) => list);
  return [
    ...(lists.length > 0 || home === shard
      ? [{ do: 'append' as const, position, packed: projection.pack(entry), lists }]
      : []),
    ...references.filter(isHere).map(({ list }): Change => ({ do: 'refer', position, list, home })),
  ];
};
