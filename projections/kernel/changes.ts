import type { Change } from './change.js';
import type { ReadDocuments } from './documents.js';
import { documentChanges } from './documents.js';
import type { Fact } from './event-types.js';
import type { DocumentProjection, LogProjection } from './projection.js';

/** A projection as whoever feeds it sees it: what a batch of events, in log order, does to what is stored. */
export interface ReadModel {
  readonly name: string;
  readonly version: number;
  readonly changes: (facts: readonly Fact[], read: ReadDocuments) => Promise<Change[]>;
}

/** A read model of documents: those the batch concerns are read first. */
export const documentModel = <Doc>(projection: DocumentProjection<Doc>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  changes: (facts, read) => documentChanges(projection, facts, read),
});

/** A read model of entries: nothing is read. */
export const logModel = <Entry>(projection: LogProjection<Entry>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  changes: async (facts) =>
    facts.map((fact) => {
      const entry = projection.entry(fact);
      const listings = projection.listings(entry);
      return { do: 'append', position: fact.position, packed: projection.pack(entry), listings };
    }),
});
