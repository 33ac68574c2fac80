import type { Statement } from 'libsql';
import type { SqlDatabase } from './database.js';
import { Insertion } from './insertion.js';
import type { StoredEvent } from './model.js';
import { decodePack, type Pack } from './pack.js';
import { StreamIndex, type TailLimits } from './stream-index.js';
import { Tail } from './tail.js';

/** About how much is read at once. */
const PAGE_BYTES = 64 * 1024;
const FIRST_ROWS = 8;
const MOST_ROWS = 256;
const TAIL_LIMITS: TailLimits = { packs: 50_000, bytes: 32 * 1024 * 1024 };

type Row = [key: number, content: Buffer];
type Query = Statement<unknown[]>;

/** The events of the log: on disk in packs, the newest in memory besides. Reads may give fewer events than they could. */
export class EventTable {
  private readonly tail: Tail;
  private readonly index: StreamIndex;
  private readonly insertion: Insertion;
  private readonly queries: Record<
    'within' | 'downWithin' | 'at' | 'head' | 'ofStream' | 'first' | 'last' | 'either',
    Query
  >;

  constructor(
    private readonly database: SqlDatabase,
    limits = TAIL_LIMITS,
  ) {
    const select = (rest: string) => database.prepare(`SELECT e.position, e.pack FROM ${rest}`).raw();
    this.insertion = new Insertion(database, 'INSERT INTO events (position, pack)', 2);
    this.queries = {
      within: select('events e WHERE position > ? AND position <= ? ORDER BY position LIMIT ?'),
      downWithin: select('events e WHERE position < ? AND position >= ? ORDER BY position DESC LIMIT ?'),
      at: select('events e WHERE position >= ? ORDER BY position LIMIT 1'),
      head: select('events e WHERE position < ? ORDER BY position DESC LIMIT 1'),
      ofStream: select(
        'packs p JOIN events e ON e.position = p.position WHERE stream = ? AND last >= ? ORDER BY last LIMIT ?',
      ),
      first: select('packs p JOIN events e ON e.position = p.position WHERE stream = ? ORDER BY last LIMIT 1'),
      either: database.prepare('SELECT 1 FROM packs WHERE stream IN (?, ?) LIMIT 1').raw(),
      last: database.prepare('SELECT max(last) FROM packs WHERE stream = ?').raw(),
    };
    const [indexed] = database.prepare('SELECT indexed FROM progress').raw().get() as [number];
    this.tail = new Tail(indexed);
    this.load(indexed);
    this.index = new StreamIndex(database, this.tail, limits);
  }

  /** Adds the event that follows all others, to be committed. */
  insert(event: StoredEvent): void {
    this.tail.add(event);
  }

  /** Puts on disk what was added, all of it or nothing. A single row is a transaction of its own, which saves time. */
  commit(): void {
    const packs = this.tail.unsettled();
    const due = this.index.due(packs.length);
    const alone = packs.length <= 1 && due.length === 0;
    if (!alone) this.database.exec('BEGIN IMMEDIATE');
    this.write(packs, due);
    if (!alone) this.database.exec('COMMIT');
    this.settle();
  }

  /** Writes what was added within a transaction that is open and has to succeed. */
  flush(): void {
    const packs = this.tail.unsettled();
    this.write(packs, this.index.due(packs.length));
    this.settle();
  }

  /** Takes back what was added and is not on disk. */
  rollback(): void {
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
    this.tail.discard();
  }

  /** Whether everything after a position is in memory. */
  isRecent(position: number): boolean {
    return this.tail.covers(position);
  }

  /** Events after a position, in order. */
  after(position: number, limit: number): StoredEvent[] {
    const recent = this.tail.after(position, limit);
    if (recent) return recent;
    const rows = this.packs(this.queries.within, [position, position + PAGE_BYTES, Math.min(limit, MOST_ROWS)]);
    const packs = rows.length > 0 ? rows : this.packAt(position + 1);
    return cut(eventsOf(packs), (event) => event.position > position, limit);
  }

  /** Events before a position, newest first. */
  before(position: number, limit: number): StoredEvent[] {
    const split = eventsOf(this.packAt(position)).filter((event) => event.position < position);
    const events = split.length > 0 ? split : eventsOf(this.packsBefore(position, limit));
    return events.reverse().slice(0, limit);
  }

  /** Events of a stream from a revision on. */
  from(streamId: number, revision: number, limit: number): StoredEvent[] {
    const recent = this.tail.firstRevisionOf(streamId) ?? Infinity;
    const indexed = revision < recent ? this.indexed(streamId, revision, limit, recent) : [];
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
    const pack = this.pack(this.queries.first, [streamId]) ?? this.tail.of(streamId, 0, 1)[0];
    return pack?.events()[0];
  }

  one(streamId: number, revision: number): StoredEvent | undefined {
    const [event] = this.from(streamId, revision, 1);
    return event?.revision === revision ? event : undefined;
  }

  /** Whether an event begins at this position. */
  exists(position: number): boolean {
    return eventsOf(this.packAt(position)).some((event) => event.position === position);
  }

  /** The newest event of all. */
  head(): StoredEvent | undefined {
    const { newest } = this.tail;
    const pack = newest ?? this.pack(this.queries.head, [Number.MAX_SAFE_INTEGER]);
    return pack?.events().at(-1);
  }

  /** The last revision of a stream. */
  lastRevision(streamId: number): number | undefined {
    const recent = this.tail.lastRevisionOf(streamId);
    if (recent !== undefined) return recent;
    return (this.queries.last.get([streamId]) as [number | null])[0] ?? undefined;
  }

  private write(packs: readonly Pack[], due: readonly Pack[]): void {
    this.insertion.run(packs.flatMap((pack) => [pack.key, pack.encode()]));
    this.index.enter(due);
  }

  private settle(): void {
    this.tail.settle();
    this.index.settle();
  }

  /** Whether neither number is a stream's. */
  areFree(one: number, other: number): boolean {
    if ([one, other].some((id) => this.tail.lastRevisionOf(id) !== undefined)) return false;
    return this.queries.either.get([one, other]) === undefined;
  }

  private packsBefore(position: number, limit: number): Pack[] {
    const head = this.pack(this.queries.head, [position]);
    if (!head) return [];
    return this.packs(this.queries.downWithin, [position, head.position - PAGE_BYTES, limit]).reverse();
  }

  /** Packs of a stream that are not in memory: some, and as many more as about fill a page. */
  private indexed(streamId: number, revision: number, limit: number, recent: number): Pack[] {
    const rows = Math.min(limit, FIRST_ROWS);
    const packs = this.packs(this.queries.ofStream, [streamId, revision, rows]);
    const bytes = packs.reduce((sum, pack) => sum + pack.bytes, 0);
    const more = Math.min(limit - rows, Math.floor((PAGE_BYTES / bytes - 1) * rows));
    const last = packs.at(-1)?.last ?? 0;
    if (packs.length === rows && more > 0) packs.push(...this.packs(this.queries.ofStream, [streamId, last + 1, more]));
    return packs.filter((pack) => pack.revision < recent);
  }

  /** The pack that holds an event which begins there, or else the next. */
  private packAt(position: number): Pack[] {
    const pack = this.pack(this.queries.at, [position]);
    return pack ? [pack] : [];
  }

  private pack(query: Query, parameters: number[]): Pack | undefined {
    const row = query.get(parameters) as Row | undefined;
    return row && decodePack(...row);
  }

  private packs(query: Query, parameters: number[]): Pack[] {
    return (query.all(parameters) as Row[]).map(([key, content]) => decodePack(key, content));
  }

  private load(position: number): void {
    let after = position;
    for (
      let packs;
      (packs = this.packs(this.queries.within, [after, Number.MAX_SAFE_INTEGER, MOST_ROWS])).length > 0;
    ) {
      for (const pack of packs) this.tail.restore(pack);
      after = packs.at(-1)?.key ?? after;
    }
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
