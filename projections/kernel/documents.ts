import type { Change } from './change.js';
import type { Fact } from './event-types.js';
import type { DocumentKey, DocumentProjection, IndexEntry } from './projection.js';
import { shardOf } from './shard.js';

interface Touched<Doc> {
  readonly key: DocumentKey;
  readonly facts: Fact[];
  before: Doc | null;
}

/** Returns the packed documents under these keys, in their order; null where there is none. */
export type ReadDocuments = (keys: readonly DocumentKey[]) => Promise<readonly (string | null)[]>;

/** Whether a document, or the part of it that its owners there are concerned with, is kept on the shard. */
export const isHere = ({ owners }: DocumentKey, shard: number): boolean =>
  owners === 'everyone' || owners.some((owner) => shardOf(owner) === shard);

const byDocument = <Doc>(
  projection: DocumentProjection<Doc>,
  shard: number,
  facts: readonly Fact[],
): Touched<Doc>[] => {
  const touched = new Map<string, Touched<Doc>>();
  for (const fact of facts) {
    const key = projection.key(fact);
    if (!key || !isHere(key, shard)) continue;
    const name = `${key.group}\u0000${key.id}`;
    const known = touched.get(name);
    if (known) known.facts.push(fact);
    else touched.set(name, { key, facts: [fact], before: null });
  }
  return [...touched.values()];
};

const difference = (from: readonly IndexEntry[], without: readonly IndexEntry[]): IndexEntry[] =>
  from.filter((one) => !without.some((other) => other.index === one.index && other.member === one.member));

const changesOf = <Doc>(
  projection: DocumentProjection<Doc>,
  shard: number,
  { key, facts, before }: Touched<Doc>,
): Change[] => {
  const entries = (doc: Doc | null) =>
    doc === null
      ? []
      : projection.entries(doc, key).filter(({ owner }) => owner === undefined || shardOf(owner) === shard);
  const after = facts.reduce<Doc | null>((doc, fact) => projection.evolve(doc, fact), before);
  if (after === before) return [];
  const [had, has] = [entries(before), entries(after)];
  return [
    after === null ? { do: 'drop', key } : { do: 'put', key, packed: projection.pack(after) },
    ...difference(had, has).map((entry): Change => ({ do: 'leave', entry })),
    ...difference(has, had).map((entry): Change => ({ do: 'enter', entry })),
  ];
};

/** What a batch changes on a shard, from each document as it stands to the one after the last event about it. */
export const documentChanges = async <Doc>(
  projection: DocumentProjection<Doc>,
  shard: number,
  facts: readonly Fact[],
  read: ReadDocuments,
): Promise<Change[]> => {
  const touched = byDocument(projection, shard, facts);
  if (touched.length === 0) return [];
  const stored = await read(touched.map(({ key }) => key));
  return touched.flatMap((one, at) => {
    const packed = stored[at] ?? null;
    return changesOf(projection, shard, { ...one, before: packed === null ? null : projection.unpack(packed) });
  });
};
