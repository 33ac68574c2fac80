import type { Change } from '../kernel/change.js';
import type { ReadDocuments } from '../kernel/documents.js';
import type { DocumentKey } from '../kernel/projection.js';
import type { Fact } from '../kernel/event-types.js';
import type { Sorted } from '../kernel/parking.js';

/** What becomes of a batch, if all steps before it are taken as they were foreseen. */
export interface Foreseen {
  readonly sorted: Sorted;
  /** The events that it was worked out from. */
  readonly facts: readonly Fact[];
  readonly era: number;
}

type Written = ReadonlyMap<string, string | null>;

const nameOf = ({ group, id }: DocumentKey): string => `${group}\u0000${id}`;

const writtenBy = (changes: readonly Change[]): Written => {
  const written = new Map<string, string | null>();
  for (const change of changes)
    if (change.do === 'put') written.set(nameOf(change.key), change.packed);
    else if (change.do === 'drop') written.set(nameOf(change.key), null);
  return written;
};

/**
 * Works out what a batch changes while the steps before it are still under way: from the documents as they are stored, in
 * whose place those steps' own are put. Whether such a step has been taken when the documents are read makes no difference
 * then. Everything is foreseen anew once a step goes another way.
 */
export class Foresight {
  private era = 0;
  private readonly underWay = new Set<Promise<Foreseen | null>>();

  constructor(private readonly stored: ReadDocuments) {}

  /** Nothing that was foreseen holds any more; those steps are still to come. */
  reset(): void {
    this.era += 1;
  }

  /** Begins at once. Null when a step before this one had been foreseen in vain; what reading the documents throws. */
  foresee(facts: readonly Fact[], sortOut: (read: ReadDocuments) => Promise<Sorted>): Promise<Foreseen | null> {
    const { era } = this;
    const before = Promise.all(this.underWay);
    const work = async (): Promise<Foreseen | null> => {
      const sorted = await sortOut((keys) => this.read(keys, before));
      return (await before).every((one) => one?.era === era) ? { sorted, facts, era } : null;
    };
    const foreseen = work();
    foreseen.catch(() => undefined);
    before.catch(() => undefined);
    this.underWay.add(foreseen);
    return foreseen;
  }

  /** Whether what was foreseen still holds where the shard stands now. */
  holds({ era, facts: [first] }: Foreseen, position: bigint | null): boolean {
    return era === this.era && (position === null || first === undefined || first.position > position);
  }

  /** The step has come to its end, whichever that was. */
  end(foreseen: Promise<Foreseen | null> | null): void {
    if (foreseen) this.underWay.delete(foreseen);
  }

  private async read(keys: readonly DocumentKey[], before: Promise<readonly (Foreseen | null)[]>) {
    const [stored, earlier] = await Promise.all([this.stored(keys), before]);
    const written = earlier.map((one) => writtenBy(one?.sorted.changes ?? []));
    return keys.map((key, at) => {
      const name = nameOf(key);
      const latest = written.findLast((step) => step.has(name));
      return latest ? (latest.get(name) ?? null) : (stored[at] ?? null);
    });
  }
}
