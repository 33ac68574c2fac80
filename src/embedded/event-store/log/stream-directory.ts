import { streamNameOf } from '../codec/event-frame.js';
import { checksum } from './checksum.js';
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

/** Finds streams by name, lately used ones in memory. A stream's number is a hash of its name, or the next that is free. */
export class StreamDirectory {
  /** A stream without events is one that is known not to be there; its number is what was free then. */
  private readonly cache = new GenerationalCache<string, Stream>(CACHED_HALF);

  constructor(private readonly events: Pick<EventTable, 'firstOf' | 'lastRevision'>) {}

  find(name: string): Stream | undefined {
    const stream = this.cache.get(name) ?? this.load(name);
    return stream.last === NO_REVISION ? undefined : stream;
  }

  /** Registers a stream that `find` does not know; its first event has to follow. */
  create(name: string): Stream {
    const known = this.cache.get(name);
    return known && this.events.lastRevision(known.id) === undefined ? known : this.load(name);
  }

  /** Drops what is in memory, which after a rollback is not what the file says. */
  forget(): void {
    this.cache.clear();
  }

  private load(name: string): Stream {
    let id = hashOf(name);
    let first = this.events.firstOf(id);
    while (first && streamNameOf(first.frame) !== name) first = this.events.firstOf(++id);
    const stream = { id, name, last: first ? (this.events.lastRevision(id) ?? NO_REVISION) : NO_REVISION };
    this.cache.set(name, stream);
    return stream;
  }
}

/** 47 bits, which SQLite keeps in six bytes. */
export function hashOf(name: string): number {
  const bytes = Buffer.from(name, 'utf8');
  return (checksum(bytes, 1) >>> 0) * 2 ** 15 + ((checksum(bytes, 2) >>> 0) % 2 ** 15);
}
