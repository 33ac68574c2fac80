import { closeSync, openSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { CorruptLog, isFull, LogUnavailable } from './diagnosis.js';
import {
  APPLICATION_ID,
  FIRST_VERSION,
  PAGE_BYTES,
  SCHEMA,
  SCHEMA_VERSION,
  VERSION_WITHOUT_JOURNAL,
} from './schema.js';

export type SqlDatabase = Database.Database;

const WAL_CHECKPOINT_PAGES = 2000;
const CACHE_KIB = 64 * 1024;
/** Keeps other processes out, and the WAL's index in memory, where the threads of this one share it. */
const FILE_SYSTEM = 'unix-excl';

/**
 * Opens a file for this process alone, and makes it if it is not there.
 * @throws LogUnavailable, CorruptLog, or SQLite's own error
 */
export function openDatabase(path: string): SqlDatabase {
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) {
    throw new CorruptLog(`${path} is empty; restore it from a backup, or remove it to begin a new log.`);
  }
  const database = connect(path);
  prepare(database, path);
  return database;
}

const connect = (path: string): SqlDatabase => new Database(`${pathToFileURL(path).href}?vfs=${FILE_SYSTEM}`);

/** NORMAL puts on disk what leaves the WAL: what a crash takes from it is in the journal. */
function prepare(database: SqlDatabase, path: string): void {
  for (const setting of [
    `page_size = ${PAGE_BYTES}`,
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'foreign_keys = OFF',
  ]) {
    pragma(database, setting);
  }
  database.exec('BEGIN EXCLUSIVE; COMMIT');
  pragma(database, `wal_autocheckpoint = ${WAL_CHECKPOINT_PAGES}`);
  pragma(database, `cache_size = -${CACHE_KIB}`);
  if (isEmpty(database)) create(database);
  checkHeader(database, path);
  if (hasRoomToEmptyWriteAheadLog(database)) checkSize(database, path);
}

/**
 * Puts everything on disk in the file itself; the WAL is then written over.
 * @throws SQLite's error, that of a full disk too, or when a query that is not at its end keeps some of it back
 */
export function finishWriteAheadLog(database: SqlDatabase): void {
  const busy = pragma(database, 'wal_checkpoint(RESTART)');
  if (busy !== 0) throw new Error('A query that is under way keeps a part of the log from being put on disk.');
}

/**
 * Puts what it can on disk in the file itself while another thread reads and writes. No statement is prepared for it,
 * because one that lives keeps its connection open.
 * @throws SQLite's error
 */
export function moveWriteAheadLog(path: string): void {
  const database = connect(path);
  try {
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_checkpoint(PASSIVE)');
  } finally {
    database.close();
  }
}

/** A full disk leaves no room for that, and is no reason not to serve what is there. */
function hasRoomToEmptyWriteAheadLog(database: SqlDatabase): boolean {
  try {
    pragma(database, 'wal_checkpoint(TRUNCATE)');
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

function isEmpty(database: SqlDatabase): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master').get() === undefined;
}

function create(database: SqlDatabase): void {
  database.exec(`BEGIN; ${SCHEMA} COMMIT`);
}

function checkHeader(database: SqlDatabase, path: string): void {
  const version = pragma(database, 'user_version');
  if (pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new CorruptLog(`${path} is not an event log; start with another data folder.`);
  }
  if (![FIRST_VERSION, VERSION_WITHOUT_JOURNAL, SCHEMA_VERSION].includes(Number(version))) {
    throw new LogUnavailable(
      `${path} has format ${version} and this node reads ${SCHEMA_VERSION}; use a matching version.`,
    );
  }
}

function checkSize(database: SqlDatabase, path: string): void {
  const expected = Number(pragma(database, 'page_count')) * Number(pragma(database, 'page_size'));
  const actual = statSync(path).size;
  if (actual < expected) {
    throw new CorruptLog(
      `${path} is torn: it has ${actual} of ${expected} bytes; restore the data folder from a backup.`,
    );
  }
}

/**
 * Leaves one file behind and gives it free: `close` alone does not while prepared statements live. A process loses the
 * system's locks on a file when it closes any of its descriptors. The database must not be used afterwards, for the native
 * code then ends the process.
 */
export function closeDatabase(database: SqlDatabase, path: string): void {
  if (hasRoomToEmptyWriteAheadLog(database)) pragma(database, 'journal_mode = DELETE');
  database.close();
  closeSync(openSync(path, 'r'));
}

/** Runs a pragma and returns the value it answers with, if any. */
export function pragma(database: SqlDatabase, text: string): unknown {
  const statement = database.prepare(`PRAGMA ${text}`);
  if (!statement.reader) return void statement.run();
  return (statement.raw().get() as unknown[] | undefined)?.[0];
}
