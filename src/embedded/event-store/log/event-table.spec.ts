import fc from 'fast-check';
import Database from 'libsql';
import { EventTable } from './event-table.js';
import type { StoredEvent } from './model.js';
import { readRow, type Pack } from './pack.js';
import { SCHEMA } from './schema.js';

/** As far apart as hashes are. */
const STREAMS = [1, 2, 3, 4].map((number) => number * 2 ** 40);
const NO_STREAM = 5 * 2 ** 40;
const LIMITS = { packs: 8, bytes: 2_000 };

/** What becomes of a transaction: taken back, or committed and then stored, or not, for want of room in a table. */
const FATES = ['rolled back', 'committed', 'stored', 'no room for events', 'no room for packs'] as const;
type Fate = (typeof FATES)[number];

/** A table whose tail is so short that most of it is in the index, and what it has to hold. */
class World {
  readonly database = new Database(':memory:');
  readonly written: StoredEvent[] = [];
  private readonly journal: Buffer[] = [];
  private readonly last = new Map<number, number>();
  private next = 1;
  table: EventTable;

  /** @param padding by how many bytes each event is longer than a few */
  constructor(
    public padding = 0,
    private readonly limits = LIMITS,
  ) {
    this.database.exec(SCHEMA);
    this.table = new EventTable(this.database, limits);
  }

  write(streams: readonly number[], fate: Fate): void {
    const before = [this.next, new Map(this.last)] as const;
    const events = streams.map((streamId) => this.event(streamId));
    events.forEach((event) => this.table.insert(event));
    if (fate === 'rolled back') return this.takeBack(...before);
    this.journal.push(...this.table.added().map((row) => Buffer.from(row)));
    this.table.settle();
    this.written.push(...events);
    if (fate === 'stored') this.table.store();
    if (fate.startsWith('no room')) this.failToStore(fate.replace('no room for ', ''));
  }

  reopen(): void {
    this.table = new EventTable(this.database, this.limits);
    for (const pack of this.journal.map((row) => readRow(row) as Pack)) {
      if (pack.position >= this.table.end) this.table.recover(pack);
    }
  }

  private takeBack(next: number, last: ReadonlyMap<number, number>): void {
    this.table.rollback();
    this.next = next;
    this.last.clear();
    last.forEach((revision, streamId) => this.last.set(streamId, revision));
  }

  private failToStore(table: string): void {
    this.database.exec(`CREATE TRIGGER full BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'full'); END`);
    try {
      this.table.store();
    } catch (error) {
      expect((error as Error).message).toBe('full');
    }
    this.database.exec('DROP TRIGGER full');
  }

  private event(streamId: number): StoredEvent {
    const revision = (this.last.get(streamId) ?? -1) + 1;
    this.last.set(streamId, revision);
    const frame = Buffer.alloc(5 + (this.next % 90) + this.padding, (this.next % 255) + 1);
    frame.writeUInt32BE(frame.length - 5, 1);
    const position = this.next;
    this.next += frame.length;
    return { position, streamId, revision, frame };
  }
}

/** Reads on until there is nothing more. */
function all(read: (after: StoredEvent | undefined) => StoredEvent[]): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (let page = read(undefined); page.length > 0; page = read(page.at(-1))) events.push(...page);
  return events;
}

function expectEverything({ table, written }: World): void {
  const backwards = [...written].reverse();
  expect(all((last) => table.after(last?.position ?? 0, 3))).toEqual(written);
  expect(all((last) => table.before(last?.position ?? Infinity, 3))).toEqual(backwards);
  expect(table.head()).toEqual(written.at(-1));
  for (const streamId of STREAMS) {
    const stream = written.filter((event) => event.streamId === streamId);
    expect(all((last) => table.from(streamId, (last?.revision ?? -1) + 1, 3))).toEqual(stream);
    expect(table.areFree(streamId, NO_STREAM)).toBe(stream.length === 0);
    expect(table.areFree(NO_STREAM, streamId)).toBe(stream.length === 0);
    expect(table.lastRevision(streamId)).toBe(stream.at(-1)?.revision);
    expect(table.firstOf(streamId)).toEqual(stream[0]);
    for (const event of stream) expect(table.one(streamId, event.revision)).toEqual(event);
    if (stream.length > 0) expect(table.downFrom(streamId, stream.length - 1, 5)).toEqual(stream.slice(-5).reverse());
  }
  for (const { position } of written)
    expect([table.exists(position), table.exists(position + 1)]).toEqual([true, false]);
}

describe('the table of events', () => {
  it('gives back what was committed, whatever of it is in memory, stored, in the index, or half in it, also when opened anew', () => {
    const transaction = fc.tuple(
      fc.array(fc.constantFrom(...STREAMS), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...FATES),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(transaction, fc.nat(6)), { maxLength: 40 }), (steps) => {
        const world = new World();
        for (const [[streams, fate], reopens] of steps) {
          world.write(streams, fate);
          if (reopens === 0) world.reopen();
          if (reopens === 1) world.table.learnStreams();
        }
        expectEverything(world);
        world.database.close();
      }),
      { numRuns: 200 },
    );
  });

  it('finds what was not there when it was asked for, once it is in the index', () => {
    const world = new World();
    const [stream, other] = STREAMS as [number, number];
    const untilIndexed = () => {
      for (let i = 0; i < 100; i++) world.write([other], 'stored');
    };
    world.table.learnStreams();
    expect(world.table.areFree(stream, NO_STREAM)).toBe(true);
    world.write([stream], 'stored');
    untilIndexed();
    expect(world.table.areFree(stream, NO_STREAM)).toBe(false);
    expect(world.table.one(stream, 1)).toBeUndefined();
    world.write([stream], 'stored');
    untilIndexed();
    expect(world.table.one(stream, 1)).toMatchObject({ streamId: stream, revision: 1 });
  });

  it('learns step by step which streams there are', () => {
    const world = new World();
    const streams = Array.from({ length: 600 }, (_, number) => number * 2 ** 36);
    for (const streamId of streams) world.database.exec(`INSERT INTO packs VALUES (${streamId}, 0, 1)`);
    const areFree = () => streams.filter((streamId) => world.table.areFree(streamId, 601 * 2 ** 36));
    for (const knows of [false, false, true]) {
      world.table.learnStreams();
      expect(world.table.knowsStreams).toBe(knows);
      expect(areFree()).toEqual([]);
      expect(world.table.areFree(601 * 2 ** 36, 602 * 2 ** 36)).toBe(true);
    }
  });

  it('leaves what was read as it is, while it writes over what it had in memory', () => {
    const world = new World(100_000);
    const read: StoredEvent[] = [];
    for (let i = 0; i < 60; i++) {
      world.write([STREAMS[i % 4] as number], i % 7 === 6 ? 'rolled back' : 'stored');
      const newest = world.table.head();
      if (newest && newest.position !== read.at(-1)?.position) read.push(newest);
    }
    expect(world.table.isRecent(0)).toBe(false);
    const isAsWritten = ({ position, frame }: StoredEvent, index: number) =>
      position === world.written[index]?.position && frame.equals(world.written[index].frame);
    expect(read.map(isAsWritten)).toEqual(world.written.map(() => true));
    expect(all((last) => world.table.after(last?.position ?? 0, 3)).map(isAsWritten)).not.toContain(false);
  });

  it('keeps little in memory', () => {
    const world = new World();
    for (let i = 0; i < 100; i++) world.write([(i % 4) + 1], 'stored');
    expect(world.table.isRecent(world.written[60]?.position ?? 0)).toBe(false);
    expect(world.table.isRecent(world.written[95]?.position ?? 0)).toBe(true);
  });

  it('keeps at most half as much again as it should in memory, also of great events behind small ones', () => {
    const bytes = 20_000;
    const world = new World(0, { packs: 1_000, bytes });
    const write = (i: number) => world.write([STREAMS[i % 4] as number], 'stored');
    for (let i = 0; i < 200; i++) write(i);
    world.padding = 500;
    for (let i = 0; i < 300; i++) {
      write(i);
      expect(world.table.isRecent(world.table.end - bytes * 1.5 - 2_000)).toBe(false);
    }
  });
});
