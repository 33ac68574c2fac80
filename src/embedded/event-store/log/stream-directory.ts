import type { Statement } from 'libsql';
import { checksum } from './checksum.js';
import type { SqlDatabase } from './database.js';
import type { EventTable } from './event-table.js';
import { GenerationalCache } from './generational-cache.js';
import { NO_REVISION } from './model.js';

const CACHED_HALF = 50_000;

/** A stream that has been written to at least once. */
export interface Stream {
  readonly id: number;
  readonly name: string;
  /** The revision of its last event; the writer keeps it up to date. */
  last: number;
}

/** Finds streams by name, lately used ones in memory. */
export class StreamDirectory {
  /** Null for names that are known not to be there. */
  private readonly cache = new GenerationalCache<string, Stream | null>(CACHED_HALF);
  private readonly byHash: Statement<unknown[]>;
  private readonly insert: Statement<unknown[]>;
  private readonly greatestId: Statement<unknown[]>;
  private nextId = 0;

  constructor(
    database: SqlDatabase,
    private readonly events: EventTable,
  ) {
    this.byHash = database.prepare('SELECT id FROM streams WHERE hash = ? AND name = ?').raw();
    this.insert = database.prepare('INSERT INTO streams (id, hash, name) VALUES (?, ?, ?)');
    this.greatestId = database.prepare('SELECT max(id) FROM streams').raw();
    this.forget();
  }

  find(name: string): Stream | undefined {
    const cached = this.cache.get(name);
    if (cached !== undefined) return cached ?? undefined;
    const stream = this.load(name);
    this.cache.set(name, stream ?? null);
    return stream;
  }

  /** Registers a stream that `find` does not know; within the transaction of its first event. */
  create(name: string): Stream {
    const stream = { id: this.nextId++, name, last: NO_REVISION };
    this.insert.run([stream.id, hashOf(name), name]);
    this.cache.set(name, stream);
    return stream;
  }

  /** Drops what is in memory, which after a rollback is not what the file says. */
  forget(): void {
    this.cache.clear();
    const [greatest] = this.greatestId.get([]) as [number | null];
    this.nextId = (greatest ?? 0) + 1;
  }

  private load(name: string): Stream | undefined {
    const row = this.byHash.get([hashOf(name), name]) as [number] | undefined;
    return row && { id: row[0], name, last: this.events.lastRevision(row[0]) ?? NO_REVISION };
  }
}

function hashOf(name: string): number {
  const bytes = Buffer.from(name, 'utf8');
  return (checksum(bytes, 1) >>> 0) * 2 ** 20 + ((checksum(bytes, 2) >>> 0) % 2 ** 20);
}
