import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database, { type Statement } from 'libsql';
import { removeAtExit } from '../run-tool.js';

/** What is known of a stream: its last revision, and whether it is deleted at present. */
export interface StreamState {
  readonly last: bigint | undefined;
  readonly deleted: boolean;
}

type Row = [last: number | null, deleted: number];

const UNKNOWN: StreamState = { last: undefined, deleted: false };

/** Remembers every stream in a file of its own, so that memory does not grow with their number. */
export class Ledger {
  private readonly folder = mkdtempSync(join(tmpdir(), 'event-store-copy-'));
  private readonly database = new Database(join(this.folder, 'streams.sqlite'));
  private readonly find: Statement<unknown[]>;
  private readonly put: Statement<unknown[]>;

  constructor() {
    removeAtExit(this.folder);
    this.database.exec('PRAGMA journal_mode = OFF');
    this.database.exec('CREATE TABLE streams (name TEXT PRIMARY KEY, last INTEGER, deleted INTEGER) WITHOUT ROWID');
    this.find = this.database.prepare('SELECT last, deleted FROM streams WHERE name = ?').raw();
    this.put = this.database.prepare('INSERT OR REPLACE INTO streams VALUES (?, ?, ?)');
    this.database.exec('BEGIN');
  }

  get(stream: string): StreamState {
    const row = this.find.get([stream]) as Row | undefined;
    return row ? { last: row[0] === null ? undefined : BigInt(row[0]), deleted: row[1] === 1 } : UNKNOWN;
  }

  set(stream: string, { last, deleted }: StreamState): void {
    this.put.run([stream, last === undefined ? null : Number(last), deleted ? 1 : 0]);
  }

  /** Removes the file. */
  close(): void {
    this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
