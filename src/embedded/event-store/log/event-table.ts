import type { Statement } from 'libsql';
import { checksum, seedOf } from './checksum.js';
import type { SqlDatabase } from './database.js';
import { CorruptLog } from './diagnosis.js';
import type { StoredEvent } from './model.js';

const COLUMNS = 'position, stream, revision, type, checksum, frame';
const ROWS_PER_INSERT = 16;

type Row = [position: number, stream: number, revision: number, type: number, checksum: number, frame: Buffer];
type Query = Statement<unknown[]>;

/** The rows of events. Insertions are gathered into statements of many rows, and written before anything is read. */
export class EventTable {
  private pending: StoredEvent[] = [];
  private readonly insertOne: Query;
  private readonly insertMany: Query;
  private readonly queries: Record<
    'after' | 'before' | 'from' | 'downFrom' | 'one' | 'exists' | 'head' | 'last',
    Query
  >;

  constructor(database: SqlDatabase) {
    const insert = (rows: number) =>
      database.prepare(`INSERT INTO events (${COLUMNS}) VALUES ${Array(rows).fill('(?,?,?,?,?,?)').join(',')}`);
    const select = (rest: string) => database.prepare(`SELECT ${COLUMNS} FROM events ${rest}`).raw();
    this.insertOne = insert(1);
    this.insertMany = insert(ROWS_PER_INSERT);
    this.queries = {
      after: select('WHERE position > ? ORDER BY position LIMIT ?'),
      before: select('WHERE position < ? ORDER BY position DESC LIMIT ?'),
      from: select('WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?'),
      downFrom: select('WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?'),
      one: select('WHERE stream = ? AND revision = ?'),
      exists: database.prepare('SELECT 1 FROM events WHERE position = ?').raw(),
      head: select('ORDER BY position DESC LIMIT 1'),
      last: database.prepare('SELECT max(revision) FROM events WHERE stream = ?').raw(),
    };
  }

  insert(event: StoredEvent): void {
    this.pending.push(event);
    if (this.pending.length === ROWS_PER_INSERT) this.flush();
  }

  /** Writes what is gathered; called before the commit. */
  flush(): void {
    const rows = this.pending;
    this.pending = [];
    if (rows.length === ROWS_PER_INSERT) this.insertMany.run(rows.flatMap(rowOf));
    else for (const event of rows) this.insertOne.run(rowOf(event));
  }

  /** Forgets what is gathered; called when the transaction is rolled back. */
  discard(): void {
    this.pending = [];
  }

  /** Events after a position, in order. */
  after(position: number, limit: number): StoredEvent[] {
    return this.all(this.queries.after, [position, limit]);
  }

  /** Events before a position, newest first. */
  before(position: number, limit: number): StoredEvent[] {
    return this.all(this.queries.before, [position, limit]);
  }

  /** Events of a stream from a revision on. */
  from(streamId: number, revision: number, limit: number): StoredEvent[] {
    return this.all(this.queries.from, [streamId, revision, limit]);
  }

  /** Events of a stream from a revision down. */
  downFrom(streamId: number, revision: number, limit: number): StoredEvent[] {
    return this.all(this.queries.downFrom, [streamId, revision, limit]);
  }

  one(streamId: number, revision: number): StoredEvent | undefined {
    return this.all(this.queries.one, [streamId, revision])[0];
  }

  /** Whether an event begins at this position. */
  exists(position: number): boolean {
    return this.row(this.queries.exists, [position]) !== undefined;
  }

  /** The newest event of all. */
  head(): StoredEvent | undefined {
    return this.all(this.queries.head, [])[0];
  }

  /** The last revision of a stream. */
  lastRevision(streamId: number): number | undefined {
    return this.row<[number | null]>(this.queries.last, [streamId])?.[0] ?? undefined;
  }

  private all(query: Query, parameters: number[]): StoredEvent[] {
    if (this.pending.length > 0) this.flush();
    return (query.all(parameters) as Row[]).map(eventOf);
  }

  private row<T>(query: Query, parameters: number[]): T | undefined {
    if (this.pending.length > 0) this.flush();
    return query.get(parameters) as T | undefined;
  }
}

function rowOf({ position, streamId, revision, typeId, frame }: StoredEvent): unknown[] {
  return [position, streamId, revision, typeId, checksum(frame, seedOf(position, streamId, revision)), frame];
}

function eventOf([position, streamId, revision, typeId, sum, frame]: Row): StoredEvent {
  if (!Buffer.isBuffer(frame) || checksum(frame, seedOf(position, streamId, revision)) !== sum) {
    throw new CorruptLog(`The event at position ${position} is corrupt; restore the data folder from a backup.`);
  }
  return { position, streamId, revision, typeId, frame };
}
