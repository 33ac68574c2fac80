import type { Statement } from 'libsql';
import type { SqlDatabase } from './database.js';
import { decodePack, type Pack } from './pack.js';
import { StreamFilter } from './stream-filter.js';

/** About how much is read at once. */
const PAGE_BYTES = 64 * 1024;
const FIRST_ROWS = 8;
const MOST_ROWS = 256;
/** Of so many rows at once it is learnt which streams there are, which takes some 30 microseconds. */
const LEARNT_ROWS = 256;
/** As one value: that many rows would take four times as long to get out of the database. */
const STREAMS = `
SELECT json_group_array(stream) FROM (SELECT stream FROM packs WHERE stream > ? ORDER BY stream LIMIT ${LEARNT_ROWS})`;

type Row = [key: number, content: Buffer];
type Query = Statement<unknown[]>;
type QueryName = 'within' | 'downWithin' | 'at' | 'head' | 'ofStream' | 'first' | 'last' | 'either' | 'streams';

/** The packs that the database has; whatever is read is checked, and is CorruptLog when it is not what was written. */
export class StoredPacks {
  private readonly queries: Record<QueryName, Query>;
  private readonly filter = new StreamFilter();
  /** The filter has the streams up to this one, in the index's order. */
  private learnt = -1;

  constructor(database: SqlDatabase) {
    const select = (rest: string) => database.prepare(`SELECT e.position, e.pack FROM ${rest}`).raw();
    const ofStream = 'SELECT 1 FROM packs WHERE stream = ?';
    this.queries = {
      within: select('events e WHERE position > ? AND position <= ? ORDER BY position LIMIT ?'),
      downWithin: select('events e WHERE position < ? AND position >= ? ORDER BY position DESC LIMIT ?'),
      at: select('events e WHERE position >= ? ORDER BY position LIMIT 1'),
      head: select('events e WHERE position < ? ORDER BY position DESC LIMIT 1'),
      ofStream: select(
        'packs p JOIN events e ON e.position = p.position WHERE stream = ? AND last >= ? ORDER BY last LIMIT ?',
      ),
      first: select('packs p JOIN events e ON e.position = p.position WHERE stream = ? ORDER BY last LIMIT 1'),
      either: database.prepare(`${ofStream} UNION ALL ${ofStream} LIMIT 1`).raw(),
      streams: database.prepare(STREAMS).raw(),
      last: database.prepare('SELECT max(last) FROM packs WHERE stream = ?').raw(),
    };
  }

  /** The newest of all. */
  newest(): Pack | undefined {
    return this.one('head', [Number.MAX_SAFE_INTEGER]);
  }

  /** Some that end after a position, in order: at least one, if there is any. */
  after(position: number, limit: number): Pack[] {
    const packs = this.many('within', [position, position + PAGE_BYTES, Math.min(limit, MOST_ROWS)]);
    return packs.length > 0 ? packs : this.holding(position + 1);
  }

  /** The pack that holds an event which begins there, or else the next. */
  holding(position: number): Pack[] {
    const pack = this.one('at', [position]);
    return pack ? [pack] : [];
  }

  /** Some whose last event begins before a position, in the log's order. */
  before(position: number, limit: number): Pack[] {
    const head = this.one('head', [position]);
    return head ? this.many('downWithin', [position, head.position - PAGE_BYTES, limit]).reverse() : [];
  }

  /** Every pack that ends after a position, a page at a time. */
  *from(position: number): Generator<Pack> {
    let after = position;
    for (let packs; (packs = this.many('within', [after, Number.MAX_SAFE_INTEGER, MOST_ROWS])).length > 0;) {
      yield* packs;
      after = packs.at(-1)?.key ?? after;
    }
  }

  /** Of a stream that the index knows, from a revision on: some, and as many more as about fill a page. */
  ofStream(streamId: number, revision: number, limit: number): Pack[] {
    const rows = Math.min(limit, FIRST_ROWS);
    const packs = this.many('ofStream', [streamId, revision, rows]);
    const bytes = packs.reduce((sum, pack) => sum + pack.bytes, 0);
    const more = Math.min(limit - rows, Math.floor((PAGE_BYTES / bytes - 1) * rows));
    const last = packs.at(-1)?.last ?? 0;
    if (packs.length === rows && more > 0) packs.push(...this.many('ofStream', [streamId, last + 1, more]));
    return packs;
  }

  /** The first of a stream that the index knows. */
  firstOf(streamId: number): Pack | undefined {
    return this.one('first', [streamId]);
  }

  /** The last revision of a stream that the index knows. */
  lastRevision(streamId: number): number | undefined {
    return (this.queries.last.get([streamId]) as [number | null])[0] ?? undefined;
  }

  /** Whether it is known which streams the index knows; the database has to be asked of every stream until then. */
  get hasLearnt(): boolean {
    return this.learnt === Infinity;
  }

  /** Learns of some more streams that the index knows them. */
  learn(): void {
    const [json] = this.queries.streams.get([this.learnt]) as [string];
    const streams = JSON.parse(json) as number[];
    for (const stream of streams) this.filter.add(stream);
    this.learnt = streams.length < LEARNT_ROWS ? Infinity : (streams.at(-1) ?? Infinity);
  }

  /** To be told of a stream before it is entered into the index. */
  expect(streamId: number): void {
    this.filter.add(streamId);
  }

  /** Whether the index knows neither stream. */
  areFree(one: number, other: number): boolean {
    if (this.hasLearnt && !this.filter.mayHave(one) && !this.filter.mayHave(other)) return true;
    return this.queries.either.get([one, other]) === undefined;
  }

  private one(query: QueryName, parameters: number[]): Pack | undefined {
    const row = this.queries[query].get(parameters) as Row | undefined;
    return row && decodePack(...row);
  }

  private many(query: QueryName, parameters: number[]): Pack[] {
    return (this.queries[query].all(parameters) as Row[]).map(([key, content]) => decodePack(key, content));
  }
}
