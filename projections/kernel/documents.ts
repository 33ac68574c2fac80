import type { Change } from './change.js';
import type { Fact } from './event-types.js';
import type { DocumentKey, DocumentProjection, IndexEntry } from './projection.js';
import { shardOf } from './shard.js';

interface Touched {
  readonly key: DocumentKey;
  readonly facts: Fact[];
}

/** Returns the packed documents under these keys, in their order; null where there is none. */
export type ReadDocuments = (keys: readonly DocumentKey[]) => Promise<readonly (string | null)[]>;

/** Whether a document, or the part of it that its owners there are concerned with, is kept on the shard. */
export const isHere = ({ owners }: DocumentKey, shard: number): boolean =>
  owners === 'everyone' || owners.some((owner) => shardOf(owner) === shard);

const byDocument = <Doc>(projection: DocumentProjection<Doc>, shard: number, facts: readonly Fact[]): Touched[] => {
  const all: Touched[] = [];
  const groups = new Map<string, Map<string, Touched>>();
  for (const fact of facts) {
    const key = projection.key(fact);
    if (!key || !isHere(key, shard)) continue;
    let group = groups.get(key.group);
    if (!group) groups.set(key.group, (group = new Map()));
    const known = group.get(key.id);
    if (known) known.facts.push(fact);
    else {
      const touched = { key, facts: [fact] };
      group.set(key.id, touched);
      all.push(touched);
    }
  }
  return all;
};

const isAmong = (entries: readonly IndexEntry[], { index, member }: IndexEntry): boolean =>
  entries.some((other) => other.index === index && other.member === member);

const difference = (from: readonly IndexEntry[], without: readonly IndexEntry[]): readonly IndexEntry[] =>
  without.length === 0 ? from : from.filter((one) => !isAmong(without, one));

const entriesOn = <Doc>(projection: DocumentProjection<Doc>, shard: number, doc: Doc | null, key: DocumentKey) =>
  doc === null
    ? []
    : projection.entries(doc, key).filter(({ owner }) => owner === undefined || shardOf(owner) === shard);

const evolved = <Doc>(projection: DocumentProjection<Doc>, before: Doc | null, facts: readonly Fact[]): Doc | null => {
  let doc = before;
  for (const fact of facts) doc = projection.evolve(doc, fact);
  return doc;
};

/** Adds what becomes of one document to the changes. */
const addChanges = <Doc>(
  projection: DocumentProjection<Doc>,
  shard: number,
  { key, facts }: Touched,
  before: Doc | null,
  changes: Change[],
): void => {
  const after = evolved(projection, before, facts);
  if (after === before) return;
  const had = entriesOn(projection, shard, before, key);
  const has = entriesOn(projection, shard, after, key);
  changes.push(after === null ? { do: 'drop', key } : { do: 'put', key, packed: projection.pack(after) });
  for (const entry of difference(had, has)) changes.push({ do: 'leave', entry });
  for (const entry of difference(has, had)) changes.push({ do: 'enter', entry });
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
  const changes: Change[] = [];
  for (const [at, one] of touched.entries()) {
    const packed = stored[at] ?? null;
    addChanges(projection, shard, one, packed === null ? null : projection.unpack(packed), changes);
  }
  return changes;
};
