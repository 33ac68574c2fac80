import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
  writevSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DiskFull } from './diagnosis.js';
import { encodeRecord } from './journal-record.js';

/** The file grows by so much, written in advance: a commit then changes nothing but bytes that the file has already. */
export const GROWTH_BYTES = 1024 * 1024;
const ZEROS = Buffer.alloc(GROWTH_BYTES);
const BEGINNING = ZEROS.subarray(0, 4);

/** A file of records, one behind the other, each on disk before the next begins. Emptied, it is written over from its start. */
export class Journal {
  private file: number | undefined;
  private size = 0;
  private end = 0;

  constructor(readonly path: string) {}

  /** How much of it is in use. */
  get bytes(): number {
    return this.end;
  }

  /** All that is in the file, which afterwards is written on behind `goOnFrom`. */
  read(): Buffer {
    if (!existsSync(this.path)) return Buffer.alloc(0);
    const content = readFileSync(this.path);
    this.file = openSync(this.path, 'r+');
    this.size = content.length;
    return content;
  }

  goOnFrom(end: number): void {
    this.end = end;
  }

  /**
   * Puts rows on disk together.
   * @throws DiskFull, or the system's error; then nothing of it counts
   */
  append(rows: readonly Buffer[]): void {
    const record = encodeRecord(rows);
    const bytes = sizeOf(record);
    try {
      const file = this.grown(this.end + bytes);
      write(file, record, this.end);
      fdatasyncSync(file);
    } catch (error) {
      this.invalidate();
      throw DiskFull.or(error);
    }
    this.end += bytes;
  }

  /** To be told when everything in it is on disk elsewhere. */
  empty(): void {
    this.end = 0;
  }

  /** Leaves no file behind; it must be empty. */
  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** The length changes before there is anything in the file's new part, so that one cut short is known by its length. */
  private grown(needed: number): number {
    const file = this.file ?? this.create();
    while (this.size < needed) {
      ftruncateSync(file, this.size + GROWTH_BYTES);
      write(file, [ZEROS], this.size);
      fsyncSync(file);
      this.size += GROWTH_BYTES;
    }
    return file;
  }

  private create(): number {
    this.file = openSync(this.path, 'w+');
    const folder = openSync(dirname(this.path), 'r');
    fsyncSync(folder);
    closeSync(folder);
    return this.file;
  }

  /** What may be there in part, or not on disk, is not to be found after a crash. */
  private invalidate(): void {
    if (this.file === undefined || this.end + BEGINNING.length > this.size) return;
    try {
      write(this.file, [BEGINNING], this.end);
    } catch {
      // The disk that failed fails again; the record was not acknowledged, and the next one is written over it.
    }
  }
}

/** A full disk takes a part of what is written without an error. */
function write(file: number, pieces: readonly Buffer[], position: number): void {
  const [first] = pieces;
  const alone = first !== undefined && pieces.length === 1;
  const written = alone ? writeSync(file, first, 0, first.length, position) : writevSync(file, pieces, position);
  if (written < sizeOf(pieces)) throw new DiskFull();
}

const sizeOf = (pieces: readonly Buffer[]): number => pieces.reduce((sum, { length }) => sum + length, 0);
