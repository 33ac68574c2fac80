import { streamNameOf } from '../codec/event-frame.js';
import { checksum } from './checksum.js';
import type { EventTable } from './event-table.js';
import { GenerationalCache } from './generational-cache.js';
import { NO_REVISION } from './model.js';
import { isMetastream, metastreamOf } from './stream-metadata.js';

const CACHED_HALF = 50_000;

/** A stream that has been written to at least once. */
export interface Stream {
  readonly id: number;
  readonly name: string;
  /** The revision of its last event; the writer keeps it up to date. */
  last: number;
}

/** A stream that was looked for; without events it is known not to be there, and its number was free then. */
interface Known extends Stream {
  /** How many streams had been created when the number was found to be its own. */
  readonly checkedAt: number;
}

/** Finds streams by name, lately used ones in memory. A stream's number is a hash of its name, or the next that is free. */
export class StreamDirectory {
  private readonly cache = new GenerationalCache<string, Known>(CACHED_HALF);
  private created = 0;

  constructor(private readonly events: Pick<EventTable, 'firstOf' | 'lastRevision' | 'areFree'>) {}

  find(name: string): Stream | undefined {
    const stream = this.cache.get(name) ?? this.load(name);
    return stream.last === NO_REVISION ? undefined : stream;
  }

  /** Registers a stream that `find` does not know; its first event has to follow. */
  create(name: string): Stream {
    const known = this.cache.get(name);
    const isFree = known && (known.checkedAt === this.created || this.events.lastRevision(known.id) === undefined);
    const stream = isFree ? known : this.load(name);
    this.created++;
    return stream;
  }

  /** Drops what is in memory, which after a rollback is not what the file says. */
  forget(): void {
    this.cache.clear();
  }

  /** Whoever asks for a stream that is not there asks for its metadata too: one question answers both. */
  private load(name: string): Known {
    const id = hashOf(name);
    const metastream = metastreamOf(name);
    if (isMetastream(name) || !this.events.areFree(id, hashOf(metastream))) return this.found(name, id);
    this.keep(metastream, hashOf(metastream), NO_REVISION);
    return this.keep(name, id, NO_REVISION);
  }

  private found(name: string, hash: number): Known {
    let id = hash;
    let first = this.events.firstOf(id);
    while (first && streamNameOf(first.frame) !== name) first = this.events.firstOf(++id);
    return this.keep(name, id, first ? (this.events.lastRevision(id) ?? NO_REVISION) : NO_REVISION);
  }

  private keep(name: string, id: number, last: number): Known {
    const stream = { id, name, last, checkedAt: this.created };
    this.cache.set(name, stream);
    return stream;
  }
}

/** 47 bits, which SQLite keeps in six bytes. */
export function hashOf(name: string): number {
  const bytes = Buffer.from(name, 'utf8');
  return (checksum(bytes, 1) >>> 0) * 2 ** 15 + ((checksum(bytes, 2) >>> 0) % 2 ** 15);
}
