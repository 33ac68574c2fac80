import type { SqlDatabase } from './database.js';
import { Insertion } from './insertion.js';
import { LatelyRead } from './lately-read.js';
import type { StoredEvent } from './model.js';
import type { Pack } from './pack.js';
import { StoredPacks } from './stored-packs.js';
import { StreamIndex, type TailLimits } from './stream-index.js';
import { Tail } from './tail.js';

const FIRST_POSITION = 1;
const TAIL_LIMITS: TailLimits = { packs: 50_000, bytes: 32 * 1024 * 1024 };

/** The events of the log: in the database in packs, the newest in memory besides. Reads may give fewer events than they could. */
export class EventTable {
  private readonly tail: Tail;
  private readonly index: StreamIndex;
  private readonly insertion: Insertion;
  private readonly table: StoredPacks;
  private readonly latelyRead = new LatelyRead();

  constructor(
    private readonly database: SqlDatabase,
    limits = TAIL_LIMITS,
  ) {
    this.insertion = new Insertion(database, 'INSERT INTO events (position, pack)', 2);
    this.table = new StoredPacks(database);
    const [indexed] = database.prepare('SELECT indexed FROM progress').raw().get() as [number];
    this.tail = new Tail(indexed);
    for (const pack of this.table.from(indexed)) this.tail.restore(pack);
    this.tail.store();
    this.index = new StreamIndex(database, this.tail, limits);
  }

  /** Adds the event that follows all others, to be committed; its frame is copied. */
  insert(event: StoredEvent): void {
    this.tail.add(event);
  }

  /** The rows that were added since the last commit. */
  added(): readonly Buffer[] {
    return this.tail.unsettled().map((pack) => pack.encode());
  }

  /** To be told that what was added is on disk. */
  settle(): void {
    this.tail.settle();
  }

  /** Takes back what was added since the last commit. */
  rollback(): void {
    this.tail.discard();
  }

  /** Adds what is on disk, but not here. */
  recover(pack: Pack): void {
    this.tail.restore(pack);
  }

  /** Whether a new stream is known to be one without asking the database. */
  get knowsStreams(): boolean {
    return this.table.hasLearnt;
  }

  /** Takes a step towards that. */
  learnStreams(): void {
    this.table.learn();
  }

  /** How much of what is committed is in memory only. */
  get unstoredBytes(): number {
    return this.tail.unstoredBytes;
  }

  /** Writes what is committed into the database, all of it or nothing. */
  store(): void {
    const packs = this.tail.unstored();
    if (packs.length === 0) return;
    this.database.exec('BEGIN IMMEDIATE');
    try {
      this.write(packs);
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
    this.settleStored();
  }

  /** Commits what was added and writes it within a transaction that is open and has to succeed. */
  flush(): void {
    this.settle();
    this.write(this.tail.unstored());
    this.settleStored();
  }

  /** Whether everything after a position is in memory. */
  isRecent(position: number): boolean {
    return this.tail.covers(position);
  }

  /** Events after a position, in order. */
  after(position: number, limit: number): StoredEvent[] {
    const recent = this.tail.after(position, limit);
    if (recent) return recent;
    return cut(eventsOf(this.table.after(position, limit)), (event) => event.position > position, limit);
  }

  /** Events before a position, newest first. */
  before(position: number, limit: number): StoredEvent[] {
    const recent = this.tail.before(position, limit);
    if (recent.length > 0) return recent;
    const split = eventsOf(this.table.holding(position)).filter((event) => event.position < position);
    const events = split.length > 0 ? split : eventsOf(this.table.before(position, limit));
    return events.reverse().slice(0, limit);
  }

  /** Events of a stream from a revision on. */
  from(streamId: number, revision: number, limit: number): StoredEvent[] {
    const recent = this.tail.firstRevisionOf(streamId) ?? Infinity;
    const stored = revision < recent ? this.stored(streamId, revision, limit) : [];
    const indexed = stored.filter((pack) => pack.revision < recent);
    const packs = indexed.length > 0 ? indexed : this.tail.of(streamId, revision, limit);
    return cut(eventsOf(packs), (event) => event.revision >= revision, limit);
  }

  /** Events of a stream from a revision down. */
  downFrom(streamId: number, revision: number, limit: number): StoredEvent[] {
    const first = Math.max(0, revision - limit + 1);
    const events: StoredEvent[] = [];
    for (let next = first; next <= revision; next = first + events.length) {
      const page = this.from(streamId, next, revision - next + 1);
      if (page.length === 0) break;
      events.push(...page);
    }
    return events.reverse();
  }

  /** The first event of a stream. */
  firstOf(streamId: number): StoredEvent | undefined {
    const pack = this.table.firstOf(streamId) ?? this.tail.of(streamId, 0, 1)[0];
    return pack?.events()[0];
  }

  one(streamId: number, revision: number): StoredEvent | undefined {
    const [event] = this.from(streamId, revision, 1);
    return event?.revision === revision ? event : undefined;
  }

  /** Whether an event begins at this position. */
  exists(position: number): boolean {
    const [event] = this.after(position - 1, 1);
    return event?.position === position;
  }

  /** The newest event of all. */
  head(): StoredEvent | undefined {
    return (this.tail.newest ?? this.table.newest())?.events().at(-1);
  }

  /** The position at which the next event begins. */
  get end(): number {
    return (this.tail.newest ?? this.table.newest())?.end ?? FIRST_POSITION;
  }

  /** The last revision of a stream. */
  lastRevision(streamId: number): number | undefined {
    return this.tail.lastRevisionOf(streamId) ?? this.table.lastRevision(streamId);
  }

  /** Whether neither number is a stream's. */
  areFree(one: number, other: number): boolean {
    if ([one, other].some((id) => this.tail.lastRevisionOf(id) !== undefined)) return false;
    return this.table.areFree(one, other);
  }

  private stored(streamId: number, revision: number, limit: number): readonly Pack[] {
    return this.latelyRead.packs(streamId, revision, limit, () => this.table.ofStream(streamId, revision, limit));
  }

  private write(packs: readonly Pack[]): void {
    const due = this.index.due(packs);
    for (const { streamId } of due) {
      this.latelyRead.forget(streamId);
      this.table.expect(streamId);
    }
    this.insertion.run(packs.flatMap((pack) => [pack.key, pack.encode()]));
    this.index.enter(due);
  }

  private settleStored(): void {
    this.tail.store();
    this.index.settle();
  }
}

function eventsOf(packs: readonly Pack[]): StoredEvent[] {
  return packs.length === 1 ? (packs[0] as Pack).events() : packs.flatMap((pack) => pack.events());
}

/** So many events from the first on for which something holds. */
function cut(events: StoredEvent[], holds: (event: StoredEvent) => boolean, limit: number): StoredEvent[] {
  const first = events.findIndex(holds);
  if (first === 0 && events.length <= limit) return events;
  return first === -1 ? [] : events.slice(first, first + limit);
}
