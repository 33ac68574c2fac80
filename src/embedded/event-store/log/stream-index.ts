import type { Statement } from 'libsql';
import type { SqlDatabase } from './database.js';
import { Insertion } from './insertion.js';
import type { Pack } from './pack.js';
import type { Tail } from './tail.js';

/** How much stays in memory before the older half is entered. */
export interface TailLimits {
  readonly packs: number;
  readonly bytes: number;
}

/** At least so many entries are made for each pack that is written, so that the index catches up with the log. */
const ENTRIES_PER_PACK = 2;
/** By the time that this share of what may stay in memory is written, everything that is being entered is. */
const CATCHING_UP_SHARE = 0.5;
/** Neighbours in the index, which share pages of it: fewer at once would write these again and again. */
const LEAST_ENTRIES = 64;

/**
 * Brings the packs of streams into their index on disk. Each entry goes to another page of it, which is dear to write,
 * so they stay in memory until there are many; these are then entered in order, some with every few transactions. After a
 * crash those that are missing are read from the log.
 */
export class StreamIndex {
  private readonly insertion: Insertion;
  private readonly advance: Statement<unknown[]>;
  /** What is being entered, in the index's order. */
  private batch: readonly Pack[] = [];
  private entered = 0;
  private entering = 0;
  private owed = 0;

  constructor(
    database: SqlDatabase,
    private readonly tail: Tail,
    private readonly limits: TailLimits,
  ) {
    this.insertion = new Insertion(database, 'INSERT OR IGNORE INTO packs (stream, last, position)', 3);
    this.advance = database.prepare('UPDATE progress SET indexed = ?');
  }

  /** What is to be entered along with packs that are written. */
  due(written: readonly Pack[]): readonly Pack[] {
    if (this.batch.length === 0) this.begin();
    this.owed += this.entriesFor(written);
    if (this.owed < Math.min(LEAST_ENTRIES, this.batch.length)) return [];
    const part = this.batch.slice(this.entered, this.entered + this.owed);
    this.owed = 0;
    return part;
  }

  /** Enters what is due, within a transaction. */
  enter(part: readonly Pack[]): void {
    this.entering = part.length;
    if (part.length === 0) return;
    this.insertion.run(part.flatMap(({ streamId, last, key }) => [streamId, last, key]));
    if (this.entered + part.length === this.batch.length) this.advance.run([this.lastKey()]);
  }

  /** Told that what was entered is on disk. */
  settle(): void {
    this.entered += this.entering;
    this.entering = 0;
    if (this.batch.length === 0 || this.entered < this.batch.length) return;
    this.tail.drop(this.batch.length);
    this.batch = [];
    this.entered = 0;
  }

  private entriesFor(written: readonly Pack[]): number {
    const bytes = written.reduce((sum, pack) => sum + pack.bytes, 0);
    const share = bytes / (this.limits.bytes * CATCHING_UP_SHARE);
    return Math.max(written.length * ENTRIES_PER_PACK, Math.ceil(this.batch.length * share));
  }

  private begin(): void {
    if (this.tail.length < this.limits.packs && this.tail.bytes < this.limits.bytes) return;
    const oldest = this.tail.oldest(Math.max(this.tail.length >>> 1, this.tail.countOf(this.tail.bytes / 2)));
    this.batch = [...oldest].sort((a, b) => a.streamId - b.streamId || a.last - b.last);
  }

  private lastKey(): number | undefined {
    return this.tail.oldest(this.batch.length).at(-1)?.key;
  }
}
