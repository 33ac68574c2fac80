import type { Change } from './change.js';
import type { ReadModel } from './changes.js';
import type { ReadDocuments } from './documents.js';
import type { Fact } from './event-types.js';
import type { Letter } from './letter.js';

/** An event that is put aside, because it was refused or because it waits for one that was. */
export interface Parked {
  readonly fact: Fact;
  readonly reason: string | null;
  readonly behind: string | null;
  readonly holds: readonly string[];
}

/** What becomes of some events. */
export interface Sorted {
  /** Those that are applied, in log order, and what they change. */
  readonly taken: readonly Fact[];
  readonly changes: readonly Change[];
  readonly parked: readonly Parked[];
  /** The event for which there is no room; it and those after it are not among the others. */
  readonly overflow: Parked | null;
}

/** A shard of a read model, and what it has put aside already. */
export interface Shelf {
  readonly model: ReadModel;
  readonly shard: number;
  readonly read: ReadDocuments;
  readonly letters: readonly Letter[];
  /** How many more may be put aside. */
  readonly room: number;
  /** What the reading of documents fails with: no event is to blame for it. */
  readonly isOutage: (error: unknown) => boolean;
}

type Reasons = ReadonlyMap<Fact, string>;

const LONGEST_REASON = 300;

/** What went wrong, in one short line. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, LONGEST_REASON);

/** Each tie with the position of the event that is to blame. */
type Held = Map<string, string>;

const heldBy = (letters: readonly Letter[]): Held =>
  new Map(letters.flatMap(({ holds, position, behind }) => holds.map((tie) => [tie, behind ?? position] as const)));

/** Whether the event is put aside, and why; null for one that can be tried. */
const parkedBy = ({ model, shard }: Shelf, held: Held, fact: Fact, reason: string | null): Parked | null => {
  if (held.size === 0 && reason === null) return null;
  const { holds, needs } = model.ties(shard, fact);
  const behind = needs.map((tie) => held.get(tie)).find((position) => position !== undefined);
  if (behind !== undefined) return { fact, reason: null, behind, holds };
  return reason === null ? null : { fact, reason, behind: null, holds };
};

/** Puts aside what was refused, and whatever depends on something put aside earlier. */
const sift = (shelf: Shelf, facts: readonly Fact[], refused: Reasons) => {
  const held = heldBy(shelf.letters);
  const [taken, parked]: [Fact[], Parked[]] = [[], []];
  for (const fact of facts) {
    const aside = parkedBy(shelf, held, fact, refused.get(fact) ?? null);
    if (aside === null) taken.push(fact);
    else {
      parked.push(aside);
      for (const tie of aside.holds) held.set(tie, aside.behind ?? fact.position.toString());
    }
  }
  return { taken, parked };
};

interface Tried {
  readonly changes: readonly Change[];
  readonly refusal: { readonly fact: Fact; readonly reason: string } | null;
}

/** What the events change; or the first that cannot be taken, found by trying half of the rest at a time. */
const attempt = async (shelf: Shelf, facts: readonly Fact[]): Promise<Tried> => {
  let cause: unknown;
  const tried = async (upTo: number): Promise<Change[] | null> => {
    try {
      return await shelf.model.changes(shelf.shard, facts.slice(0, upTo), shelf.read);
    } catch (error) {
      if (shelf.isOutage(error)) throw error;
      cause = error;
      return null;
    }
  };
  const changes = await tried(facts.length);
  if (changes !== null) return { changes, refusal: null };
  let [good, bad] = [0, facts.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if ((await tried(middle)) === null) bad = middle;
    else good = middle;
  }
  const fact = facts[good];
  if (!fact) throw cause;
  return { changes: [], refusal: { fact, reason: reasonOf(cause) } };
};

/**
 * Finds out which of these events a shard takes, and which are put aside: what the projection fails on, and, until that
 * is settled, every later event of the same stream, and of the same document. `refused` are known to be.
 * @throws what the reading of documents throws
 */
export const sortOut = async (shelf: Shelf, facts: readonly Fact[], refused: Reasons = new Map()): Promise<Sorted> => {
  const known = new Map(refused);
  let [all, overflow]: [readonly Fact[], Parked | null] = [facts, null];
  for (;;) {
    const { taken, parked } = sift(shelf, all, known);
    const beyond = parked[Math.max(0, shelf.room)];
    if (beyond) [overflow, all] = [beyond, all.slice(0, all.indexOf(beyond.fact))];
    else {
      const { changes, refusal } = await attempt(shelf, taken);
      if (refusal === null) return { taken, changes, parked, overflow };
      known.set(refusal.fact, refusal.reason);
    }
  }
};
