import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { EventTable } from './event-table.js';
import { GROWTH_BYTES, Journal } from './journal.js';
import { Pack } from './pack.js';
import { RowMemory } from './row-memory.js';
import { recover } from './recovery.js';
import { SCHEMA } from './schema.js';

const FRAME_BYTES = 40;

/** The row of an event that begins at a position, in a stream of its own. */
function row(position: number): Buffer {
  const frame = Buffer.alloc(FRAME_BYTES, 1);
  frame.writeUInt32BE(FRAME_BYTES - 5, 1);
  const pack = new Pack(position, 0, position);
  pack.add(frame, new RowMemory());
  return pack.encode();
}

const positionOf = (index: number) => 1 + index * FRAME_BYTES;

describe('the journal', () => {
  let folder: string;
  let path: string;
  let journal: Journal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'events.journal');
    journal = new Journal(path);
  });
  afterEach(() => {
    journal.close();
    rmSync(folder, { recursive: true });
  });

  /** Appends rows by their numbers, those of one list together. */
  const append = (...records: number[][]) => {
    for (const record of records) journal.append(record.map((index) => row(positionOf(index))));
  };
  /** The numbers of the rows that a node finds which starts with so many rows in its table. */
  const recovered = (stored = 0): number[] => {
    const database = new Database(':memory:');
    database.exec(SCHEMA);
    const table = new EventTable(database);
    for (let index = 0; index < stored; index++) {
      table.insert({
        position: positionOf(index),
        streamId: positionOf(index),
        revision: 0,
        frame: row(1).subarray(28),
      });
    }
    table.settle();
    journal.close();
    journal = new Journal(path);
    recover(journal, table);
    return table.after(0, 1000).map(({ position }) => (position - 1) / FRAME_BYTES);
  };
  const damage = (at: number) => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(path, bytes);
  };

  it('gives back what was appended, and what comes after', () => {
    append([0], [1, 2], [3]);
    expect(recovered()).toEqual([0, 1, 2, 3]);
    append([4]);
    expect(recovered()).toEqual([0, 1, 2, 3, 4]);
  });
  it('gives only what the table lacks', () => {
    append([0], [1, 2], [3]);
    expect(recovered(3)).toEqual([0, 1, 2, 3]);
    expect(recovered(9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
  it('begins anew when it was emptied, whatever is left behind what it then holds', () => {
    append([0], [1], [2], [3], [4]);
    journal.empty();
    append([5]);
    expect(recovered(5)).toEqual([0, 1, 2, 3, 4, 5]);
    append([6, 7]);
    expect(recovered(5)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
  it('leaves out a record that is torn at the end, all its rows, and writes over it', () => {
    append([0], [1]);
    const intact = journal.bytes;
    append([2, 3, 4]);
    damage(journal.bytes - 1);
    expect(recovered()).toEqual([0, 1]);
    expect(journal.bytes).toBe(intact);
    append([2]);
    expect(recovered()).toEqual([0, 1, 2]);
  });
  it.each([0, 5, 10, 30, 60, 100])('refuses one that is damaged before another record (byte %i)', (at) => {
    append([0], [1], [2]);
    damage(at);
    expect(() => recovered()).toThrow(/events\.journal is corrupt amidst its records; restore/);
  });
  it('takes no notice of damage to what the table has', () => {
    append([0], [1], [2]);
    damage(50);
    expect(recovered(3)).toEqual([0, 1, 2]);
  });
  it('refuses one that does not go on where the table ends', () => {
    append([5]);
    expect(() => recovered(3)).toThrow(/lacks the events from position 121 on; restore/);
  });
  it('refuses one that was cut short', () => {
    append([0], [1]);
    expect(statSync(path).size).toBe(GROWTH_BYTES);
    truncateSync(path, 200);
    expect(() => recovered()).toThrow(/was cut short; restore/);
  });
  it('grows by what is written in advance', () => {
    journal.append([Buffer.concat([row(1), Buffer.alloc(GROWTH_BYTES)])]);
    expect(statSync(path).size).toBe(2 * GROWTH_BYTES);
  });
  it('leaves no file behind', () => {
    append([0]);
    journal.remove();
    expect(() => statSync(path)).toThrow(/ENOENT/);
  });
});
