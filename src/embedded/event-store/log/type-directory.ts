import type { Statement } from 'libsql';
import type { SqlDatabase } from './database.js';
import { GenerationalCache } from './generational-cache.js';

const CACHED_HALF = 10_000;

/** Numbers the event types, so that a filter judges each type once and not each event. */
export class TypeDirectory {
  private readonly ids = new GenerationalCache<string, number>(CACHED_HALF);
  private readonly names = new GenerationalCache<number, string>(CACHED_HALF);
  private readonly find: Statement<unknown[]>;
  private readonly insert: Statement<unknown[]>;
  private readonly name: Statement<unknown[]>;

  constructor(database: SqlDatabase) {
    this.find = database.prepare('SELECT id FROM types WHERE name = ?').raw();
    this.insert = database.prepare('INSERT INTO types (name) VALUES (?) RETURNING id').raw();
    this.name = database.prepare('SELECT name FROM types WHERE id = ?').raw();
  }

  /** The number of a type, given to it now if it has none; within a transaction. */
  idOf(name: string): number {
    const cached = this.ids.get(name);
    if (cached !== undefined) return cached;
    const [id] = (this.find.get([name]) ?? this.insert.get([name])) as [number];
    this.ids.set(name, id);
    return id;
  }

  nameOf(id: number): string {
    const cached = this.names.get(id);
    if (cached !== undefined) return cached;
    const name = (this.name.get([id]) as [string] | undefined)?.[0] ?? '';
    this.names.set(id, name);
    return name;
  }

  /** Drops what is in memory, which after a rollback is not what the file says. */
  forget(): void {
    this.ids.clear();
    this.names.clear();
  }
}
