import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Checkpointer } from './checkpointer.js';
import { closeDatabase, finishWriteAheadLog, openDatabase, type SqlDatabase } from './database.js';
import { diagnose, isFull } from './diagnosis.js';
import { EventTable } from './event-table.js';
import { checkIntegrity } from './integrity.js';
import { Journal } from './journal.js';
import { recover } from './recovery.js';
import { upgrade } from './upgrade.js';

const DATABASE_FILE = 'events.sqlite';
const JOURNAL_FILE = 'events.journal';
/** So much of the journal enters the table at once: each page of it is then written once instead of with every commit. */
const PORTION_BYTES = 256 * 1024;
/** A journal of so many bytes is emptied; no more than twice as much is read after a crash. */
const JOURNAL_BYTES = 4 * 1024 * 1024;

/**
 * The files of a log. What is added is on disk when it is in the journal, and can be read from memory; from there it
 * enters the table in portions, between two commits.
 */
export class Storage {
  readonly events: EventTable;
  private readonly checkpointer: Checkpointer;
  private waits = false;

  /** @throws CorruptLog, or the error of SQLite or of the system */
  constructor(
    /** For checks; whoever writes to it writes past the journal. */
    readonly database: SqlDatabase,
    private readonly path: string,
    private readonly journal: Journal,
  ) {
    this.checkpointer = new Checkpointer(path);
    upgrade(database);
    this.events = new EventTable(database);
    recover(journal, this.events);
    checkIntegrity(database, this.events);
    this.clear();
  }

  /**
   * Puts on disk what was added, all of it or nothing.
   * @throws DiskFull, or the error of SQLite or of the system; to be followed by `rollback`
   */
  commit(): void {
    const rows = this.events.added();
    if (rows.length === 0) return;
    this.relieveNow();
    this.journal.append(rows);
    this.events.settle();
    this.relieveSoon();
  }

  /** Takes back what was added and is not on disk. */
  rollback(): void {
    this.events.rollback();
  }

  /** Leaves one file behind and gives it free. On a full disk the journal stays, and is read when the log is opened. */
  close(): void {
    if (!this.database.open) return;
    this.checkpointer.close();
    if (this.clear()) this.journal.remove();
    else this.journal.close();
    closeDatabase(this.database, this.path);
  }

  /** In the next turn, while those whose commits are answered read their answers. */
  private relieveSoon(): void {
    if (this.waits || !this.isDue) return;
    this.waits = true;
    setImmediate(() => {
      this.waits = false;
      if (this.database.open) this.tryToRelieve();
    });
  }

  private tryToRelieve(): void {
    try {
      if (this.events.unstoredBytes >= PORTION_BYTES) this.events.store();
      if (this.journal.bytes >= JOURNAL_BYTES) this.checkpointer.begin(() => this.tryToEmpty());
      if (!this.events.knowsStreams) this.events.learnStreams();
    } catch {
      // Nothing is lost: it is tried again after the next commit, and refuses commits when there is too much of it.
    }
  }

  private tryToEmpty(): void {
    try {
      if (this.database.open) this.empty();
    } catch {
      // As above.
    }
  }

  private get isDue(): boolean {
    const { unstoredBytes, knowsStreams } = this.events;
    return unstoredBytes >= PORTION_BYTES || this.journal.bytes >= JOURNAL_BYTES || !knowsStreams;
  }

  /** Where more comes than can be put away meanwhile, it waits. */
  private relieveNow(): void {
    if (this.events.unstoredBytes >= PORTION_BYTES * 2) this.events.store();
    if (this.journal.bytes >= JOURNAL_BYTES * 2) this.empty();
  }

  private empty(): void {
    this.events.store();
    this.checkpointer.finish();
    finishWriteAheadLog(this.database);
    this.journal.empty();
  }

  private clear(): boolean {
    return attempt(() => this.empty());
  }
}

/** A full disk is no reason not to go on with what is there; what was not done is tried again. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

/**
 * Opens the log of a data folder, which is made if it is not there, and checks it in bounded time.
 * @throws LogUnavailable when the folder cannot be used or another process has it
 * @throws CorruptLog when a file is not what was written
 */
export function openStorage(folder: string): Storage {
  let database: SqlDatabase | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, DATABASE_FILE);
    database = openDatabase(path);
    return new Storage(database, path, new Journal(join(folder, JOURNAL_FILE)));
  } catch (error) {
    database?.close();
    throw diagnose(error, folder);
  }
}
