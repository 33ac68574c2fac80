import type { LogRow, Read, Row } from './read-model.reader.js';

/** As far as all of them have looked at the log. */
export const lowest = (reads: readonly Read<unknown>[]): bigint =>
  reads.reduce((least, { position }) => (position < least ? position : least), reads[0]?.position ?? 0n);

/** The first `count` rows of the same index on several shards, in the order of their members. */
export const mergedIndex = (reads: readonly Read<Row[]>[], count: number): Read<Row[]> => ({
  position: lowest(reads),
  found: reads
    .flatMap(({ found }) => found)
    .sort(({ member: one }, { member: other }) => (one < other ? -1 : 1))
    .slice(0, count),
});

/** Up to where a shard's entries are all known: its last row, when there may be more; else as far as it has looked. */
const knownUpTo = ({ found, position }: Read<LogRow[]>, asked: number): bigint =>
  found.length < asked ? position : (found.at(-1)?.position ?? position);

/**
 * The entries of several shards in log order, each once, `asked` of each; up to where every shard's are known, because
 * one that came later would otherwise come before what was shown already. `end` says that no shard had more to give.
 */
export const mergedLog = (
  reads: readonly Read<LogRow[]>[],
  asked: number,
): Read<LogRow[]> & { readonly end: boolean } => {
  const horizon = reads.map((read) => knownUpTo(read, asked)).reduce((least, one) => (one < least ? one : least));
  const all = reads.flatMap(({ found }) => found).filter(({ position }) => position <= horizon);
  const once = new Map(all.map((row) => [row.position, row]));
  return {
    position: lowest(reads),
    found: [...once.values()].sort((one, other) => (one.position < other.position ? -1 : 1)),
    end: reads.every(({ found }) => found.length < asked),
  };
};
