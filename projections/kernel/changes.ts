import type { Change } from './change.js';
import type { ReadDocuments } from './documents.js';
import { documentChanges } from './documents.js';
import type { Fact } from './event-types.js';
import { entryChanges } from './entries.js';
import type { DocumentProjection, LogProjection } from './projection.js';

/** A projection as whoever feeds it sees it: what events, in log order, do to what one shard holds. */
export interface ReadModel {
  readonly name: string;
  readonly version: number;
  readonly readsFrom?: number;
  readonly changes: (shard: number, facts: readonly Fact[], read: ReadDocuments) => Promise<Change[]>;
}

/** A read model of documents: those the batch concerns are read first. */
export const documentModel = <Doc>(projection: DocumentProjection<Doc>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  changes: (shard, facts, read) => documentChanges(projection, shard, facts, read),
});

/** A read model of entries: nothing is read. */
export const logModel = <Entry>(projection: LogProjection<Entry>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  changes: async (shard, facts) => facts.flatMap((fact) => entryChanges(projection, shard, fact)),
});
