import type { Change } from './change.js';
import type { ReadDocuments } from './documents.js';
import { documentChanges } from './documents.js';
import type { Fact } from './event-types.js';
import { entryChanges } from './entries.js';
import type { DocumentProjection, LogProjection } from './projection.js';
import type { Ties } from './ties.js';
import { UNTIED, concernsOf, tiesOf } from './ties.js';

/** A projection as whoever feeds it sees it: what events, in log order, do to what one shard holds. */
export interface ReadModel {
  readonly name: string;
  readonly version: number;
  readonly readsFrom?: number;
  /** Whether the event can change anything here; one that cannot be judged may. */
  readonly concerns: (fact: Fact) => boolean;
  /** @throws whatever the projection throws on an event that it cannot take */
  readonly changes: (shard: number, facts: readonly Fact[], read: ReadDocuments) => Promise<Change[]>;
  /** What the event's place among the others matters for on this shard. */
  readonly ties: (shard: number, fact: Fact) => Ties;
}

/** The data could not be brought into the shape that the projection reads. */
const intact = (facts: readonly Fact[]): readonly Fact[] => {
  const damaged = facts.find(({ fault }) => fault !== undefined);
  if (damaged) throw new TypeError(`its data cannot be read: ${damaged.fault}`);
  return facts;
};

/** What `flatMap` gives, in half the time. */
const allOf = (facts: readonly Fact[], changesOf: (fact: Fact) => readonly Change[]): Change[] => {
  const all: Change[] = [];
  for (const fact of facts) for (const change of changesOf(fact)) all.push(change);
  return all;
};

/** A read model of documents: those the batch concerns are read first. */
export const documentModel = <Doc>(projection: DocumentProjection<Doc>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  concerns: concernsOf(projection),
  changes: async (shard, facts, read) => documentChanges(projection, shard, intact(facts), read),
  ties: (shard, fact) => tiesOf(projection, shard, fact),
});

/** A read model of entries: nothing is read, and each finds its place by its position, whenever it comes. */
export const logModel = <Entry>(projection: LogProjection<Entry>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  concerns: () => true,
  changes: async (shard, facts) => allOf(intact(facts), (fact) => entryChanges(projection, shard, fact)),
  ties: () => UNTIED,
});
