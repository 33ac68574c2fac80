import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { CorruptLog } from './diagnosis.js';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const LITTLE_ENDIAN_MAGIC = 0x377f0682;

/**
 * Finds damage that SQLite takes for the end of its write-ahead log. A crash leaves at most the last transaction
 * torn, for each is on disk before the next begins; frames behind a complete transaction behind a torn one mean that
 * acknowledged events would be lost without a word.
 * @throws CorruptLog
 */
export function checkWriteAheadLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < HEADER_BYTES) return;
  const file = openSync(path, 'r');
  try {
    const header = readAt(file, 0, HEADER_BYTES);
    if (isTornAmidst(file, size, header)) {
      throw new CorruptLog(`${path} is corrupt amidst its transactions; restore the data folder from a backup.`);
    }
  } finally {
    closeSync(file);
  }
}

function isTornAmidst(file: number, size: number, header: Buffer): boolean {
  const pageBytes = header.readUInt32BE(8);
  const salt = header.subarray(16, 24);
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  const sum = new RunningChecksum(header.readUInt32BE(0) === LITTLE_ENDIAN_MAGIC);
  sum.add(header.subarray(0, 24));
  let torn = !sum.matches(header, 24);
  let committedBehind = false;
  for (let at = HEADER_BYTES; at + frameBytes <= size; at += frameBytes) {
    const frame = readAt(file, at, frameBytes);
    if (!frame.subarray(8, 16).equals(salt)) continue;
    if (committedBehind) return true;
    if (!torn) torn = !isIntact(frame, sum);
    committedBehind = torn && frame.readUInt32BE(4) > 0;
  }
  return false;
}

function isIntact(frame: Buffer, sum: RunningChecksum): boolean {
  sum.add(frame.subarray(0, 8));
  sum.add(frame.subarray(FRAME_HEADER_BYTES));
  return sum.matches(frame, 16);
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, position);
  return bytes;
}

/** The checksum of SQLite's write-ahead log, carried from frame to frame. */
class RunningChecksum {
  private first = 0;
  private second = 0;

  constructor(private readonly littleEndian: boolean) {}

  add(bytes: Buffer): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += 8) {
      this.first = (this.first + view.getUint32(at, this.littleEndian) + this.second) | 0;
      this.second = (this.second + view.getUint32(at + 4, this.littleEndian) + this.first) | 0;
    }
  }

  matches(bytes: Buffer, at: number): boolean {
    return bytes.readInt32BE(at) === this.first && bytes.readInt32BE(at + 4) === this.second;
  }
}
