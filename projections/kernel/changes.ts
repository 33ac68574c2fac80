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
  /** Whether the event can change anything here; one that cannot be judged may. */
  readonly concerns: (fact: Fact) => boolean;
  readonly changes: (shard: number, facts: readonly Fact[], read: ReadDocuments) => Promise<Change[]>;
}

const hasKey =
  <Doc>(projection: DocumentProjection<Doc>) =>
  (fact: Fact): boolean => {
    try {
      return projection.key(fact) !== null;
    } catch {
      return true;
    }
  };

/** A read model of documents: those the batch concerns are read first. */
export const documentModel = <Doc>(projection: DocumentProjection<Doc>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  concerns: hasKey(projection),
  changes: (shard, facts, read) => documentChanges(projection, shard, facts, read),
});

/** A read model of entries: nothing is read. */
export const logModel = <Entry>(projection: LogProjection<Entry>): ReadModel => ({
  name: projection.name,
  version: projection.version,
  concerns: () => true,
  changes: async (shard, facts) => facts.flatMap((fact) => entryChanges(projection, shard, fact)),
});
