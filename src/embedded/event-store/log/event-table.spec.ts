import fc from 'fast-check';
import Database from 'libsql';
import { EventTable } from './event-table.js';
import type { StoredEvent } from './model.js';
import { SCHEMA } from './schema.js';

const LIMITS = { packs: 8, bytes: 2_000 };

/** A table whose tail is so short that most of it is in the index, and what it has to hold. */
class World {
  readonly database = new Database(':memory:');
  readonly written: StoredEvent[] = [];
  private readonly last = new Map<number, number>();
  private next = 1;
  table: EventTable;

  constructor() {
    this.database.exec(SCHEMA);
    this.table = new EventTable(this.database, LIMITS);
  }

  /** @param fails the table that takes no rows this time, if any */
  write(streams: readonly number[], fails?: string): void {
    const before = [this.next, new Map(this.last)] as const;
    const events = streams.map((streamId) => this.event(streamId));
    events.forEach((event) => this.table.insert(event));
    if (this.succeeds(fails)) return void this.written.push(...events);
    this.table.rollback();
    this.next = before[0];
    before[1].forEach((revision, streamId) => this.last.set(streamId, revision));
    for (const streamId of this.last.keys()) if (!before[1].has(streamId)) this.last.delete(streamId);
  }

  private succeeds(fails?: string): boolean {
    if (fails)
      this.database.exec(`CREATE TRIGGER full BEFORE INSERT ON ${fails} BEGIN SELECT RAISE(ABORT, 'full'); END`);
    try {
      this.table.commit();
      return true;
    } catch {
      return false;
    } finally {
      this.table.rollback();
      if (fails) this.database.exec('DROP TRIGGER full');
    }
  }

  private event(streamId: number): StoredEvent {
    const revision = (this.last.get(streamId) ?? -1) + 1;
    this.last.set(streamId, revision);
    const frame = Buffer.alloc(5 + (this.next % 90), 1);
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
  for (const streamId of [1, 2, 3, 4]) {
    const stream = written.filter((event) => event.streamId === streamId);
    expect(all((last) => table.from(streamId, (last?.revision ?? -1) + 1, 3))).toEqual(stream);
    expect(table.lastRevision(streamId)).toBe(stream.at(-1)?.revision);
    expect(table.firstOf(streamId)).toEqual(stream[0]);
    for (const event of stream) expect(table.one(streamId, event.revision)).toEqual(event);
    if (stream.length > 0) expect(table.downFrom(streamId, stream.length - 1, 5)).toEqual(stream.slice(-5).reverse());
  }
  for (const { position } of written)
    expect([table.exists(position), table.exists(position + 1)]).toEqual([true, false]);
}

describe('the table of events', () => {
  it('gives back what was committed, whatever of it is in memory, in the index, or half in it, also when opened anew', () => {
    const transaction = fc.tuple(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('events', 'packs', undefined, undefined),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(transaction, fc.nat(6)), { maxLength: 40 }), (steps) => {
        const world = new World();
        for (const [[streams, fails], reopens] of steps) {
          world.write(streams, fails);
          if (reopens === 0) world.table = new EventTable(world.database, LIMITS);
        }
        expectEverything(world);
        world.database.close();
      }),
      { numRuns: 60 },
    );
  });

  it('keeps little in memory', () => {
    const world = new World();
    for (let i = 0; i < 100; i++) world.write([(i % 4) + 1]);
    expect(world.table.isRecent(world.written[60]?.position ?? 0)).toBe(false);
    expect(world.table.isRecent(world.written[95]?.position ?? 0)).toBe(true);
  });
});
