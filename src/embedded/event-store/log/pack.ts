import { crc32 } from 'node:zlib';
import { CorruptLog } from './diagnosis.js';
import type { StoredEvent } from './model.js';

/** A row of more bytes takes no more events: what is read for one of them stays little. */
const MOST_BYTES = 16 * 1024;
const [STREAM_AT, REVISION_AT, POSITION_AT, HEADER_BYTES] = [4, 12, 20, 28];
const FRAME_PREFIX_BYTES = 5;

/** Events of one stream that follow each other there and in the log: one row of the file. */
export class Pack {
  bytes = 0;

  /**
   * @param revision that of the first event
   * @param position that of the first event
   * @param frames an empty array of the caller's own: V8 puts what a line of code creates among the old objects, which are
   *   dear to clean up, once most of it has survived, so packs that stay and packs that pass must not share that line
   */
  constructor(
    readonly streamId: number,
    readonly revision: number,
    readonly position: number,
    readonly frames: Buffer[],
  ) {}

  /** The revision of the last event. */
  get last(): number {
    return this.revision + this.frames.length - 1;
  }

  /** The position of the last event, by which the row is found. */
  get key(): number {
    return this.position + this.bytes - (this.frames.at(-1)?.length ?? 0);
  }

  takes({ streamId, revision, frame }: StoredEvent): boolean {
    return streamId === this.streamId && revision === this.last + 1 && this.bytes + frame.length <= MOST_BYTES;
  }

  add(frame: Buffer): void {
    this.frames.push(frame);
    this.bytes += frame.length;
  }

  /** The same with arrays that are to stay. */
  toKeep(): Pack {
    const pack = new Pack(this.streamId, this.revision, this.position, [...this.frames]);
    pack.bytes = this.bytes;
    return pack;
  }

  events(): StoredEvent[] {
    let position = this.position;
    return this.frames.map((frame, index) => {
      const event = { position, streamId: this.streamId, revision: this.revision + index, frame };
      position += frame.length;
      return event;
    });
  }
}

/** The row's content: a checksum, what the pack is, and its frames. */
export function encodePack(pack: Pack): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeDoubleLE(pack.streamId, STREAM_AT);
  header.writeDoubleLE(pack.revision, REVISION_AT);
  header.writeDoubleLE(pack.position, POSITION_AT);
  const content = Buffer.concat([header, ...pack.frames], HEADER_BYTES + pack.bytes);
  content.writeUInt32LE(crc32(content.subarray(STREAM_AT)));
  return content;
}

/**
 * Reads a row back.
 * @throws CorruptLog when it is not what was written under that key
 */
export function decodePack(key: number, content: unknown): Pack {
  if (!isIntact(content)) throw corrupt(key);
  const [streamId, revision, position] = [STREAM_AT, REVISION_AT, POSITION_AT].map((at) => content.readDoubleLE(at));
  const pack = new Pack(streamId as number, revision as number, position as number, []);
  for (let at = HEADER_BYTES; at < content.length;) {
    const end = at + FRAME_PREFIX_BYTES + content.readUInt32BE(at + 1);
    pack.add(content.subarray(at, end));
    at = end;
  }
  if (pack.key !== key) throw corrupt(key);
  return pack;
}

function isIntact(content: unknown): content is Buffer {
  if (!Buffer.isBuffer(content) || content.length <= HEADER_BYTES + FRAME_PREFIX_BYTES) return false;
  return crc32(content.subarray(STREAM_AT)) === content.readUInt32LE();
}

const corrupt = (key: number) =>
  new CorruptLog(`The event at position ${key} is corrupt; restore the data folder from a backup.`);
