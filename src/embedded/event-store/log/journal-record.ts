import { inFewPieces } from '../codec/pieces.js';
import { readRow, type Pack } from './pack.js';

const MARK = Buffer.from('EVJR');
const [COUNT_AT, LENGTHS_AT] = [4, 8];
const LENGTH_BYTES = 4;

/** Rows that were committed together. */
export interface JournalRecord {
  readonly packs: readonly Pack[];
  /** Where it ends in the journal. */
  readonly end: number;
}

/** A record in pieces: a mark, how many rows, the length of each, and the rows, each of which carries a checksum. */
export function encodeRecord(rows: readonly Buffer[]): readonly Buffer[] {
  const header = Buffer.allocUnsafe(LENGTHS_AT + LENGTH_BYTES * rows.length);
  MARK.copy(header);
  header.writeUInt32LE(rows.length, COUNT_AT);
  rows.forEach((row, index) => header.writeUInt32LE(row.length, LENGTHS_AT + LENGTH_BYTES * index));
  return inFewPieces([header, ...rows]);
}

/** The record that begins there, if it is whole and as it was written. */
export function decodeRecord(journal: Buffer, at: number): JournalRecord | undefined {
  if (!journal.subarray(at, at + MARK.length).equals(MARK)) return undefined;
  const count = uint(journal, at + COUNT_AT);
  const packs: Pack[] = [];
  let end = at + LENGTHS_AT + LENGTH_BYTES * count;
  if (end > journal.length) return undefined;
  for (let index = 0; index < count; index++) {
    const from = end;
    end += uint(journal, at + LENGTHS_AT + LENGTH_BYTES * index);
    const pack = readRow(journal.subarray(from, end));
    if (!pack) return undefined;
    packs.push(pack);
  }
  return packs.length > 0 ? { packs, end } : undefined;
}

/** Every whole record from there on, wherever it begins. */
export function* recordsIn(journal: Buffer, from: number): Generator<JournalRecord> {
  for (let at = journal.indexOf(MARK, from); at !== -1; at = journal.indexOf(MARK, at + 1)) {
    const record = decodeRecord(journal, at);
    if (record) yield record;
  }
}

const uint = (bytes: Buffer, at: number): number => (at + LENGTH_BYTES <= bytes.length ? bytes.readUInt32LE(at) : 0);
