import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { CorruptLog, LogUnavailable } from './diagnosis.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';

export type SqlDatabase = Database.Database;

const FILE = 'events.sqlite';
const WAL_CHECKPOINT_PAGES = 4000;
const CACHE_KIB = 64 * 1024;

/**
 * Opens the file of a data folder for this process alone, and makes it if it is not there.
 * @throws LogUnavailable when the folder cannot be used or another process has it
 * @throws CorruptLog when the file is no event log, or is shorter than it says
 */
export function openDatabase(folder: string): SqlDatabase {
  const path = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true });
    const database = new Database(path);
    prepare(database, path);
    return database;
  } catch (error) {
    throw diagnose(error, folder, path);
  }
}

/** Exclusive locking keeps other processes out and the WAL's index in memory; FULL puts each commit on disk. */
function prepare(database: SqlDatabase, path: string): void {
  for (const setting of [
    'locking_mode = EXCLUSIVE',
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = OFF',
  ]) {
    pragma(database, setting);
  }
  database.exec('BEGIN EXCLUSIVE; COMMIT');
  pragma(database, `wal_autocheckpoint = ${WAL_CHECKPOINT_PAGES}`);
  pragma(database, `cache_size = -${CACHE_KIB}`);
  if (isEmpty(database)) create(database);
  checkHeader(database, path);
  pragma(database, 'wal_checkpoint(TRUNCATE)');
  checkSize(database, path);
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
  if (version !== SCHEMA_VERSION) {
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

/** Runs a pragma and returns the value it answers with, if any. */
export function pragma(database: SqlDatabase, text: string): unknown {
  const statement = database.prepare(`PRAGMA ${text}`);
  if (!statement.reader) return void statement.run();
  return (statement.raw().get() as unknown[] | undefined)?.[0];
}

function diagnose(error: unknown, folder: string, path: string): Error {
  if (error instanceof CorruptLog || error instanceof LogUnavailable) return error;
  const { code = '', message } = error as Error & { code?: string };
  if (code.startsWith('SQLITE_BUSY')) {
    return new LogUnavailable(
      `The data folder ${folder} is in use by another node; stop that one or choose another folder.`,
    );
  }
  if (isCorruption(error)) {
    return new CorruptLog(`${path} is corrupt (${message}); restore the data folder from a backup.`);
  }
  return new LogUnavailable(
    `The data folder ${folder} cannot be used (${message}); check the path and its permissions.`,
  );
}

/** Whether SQLite found its own file damaged. */
export function isCorruption(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}
