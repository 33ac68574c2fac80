import { crc32 } from 'node:zlib';
import { CorruptLog } from './diagnosis.js';
import type { StoredEvent } from './model.js';
import { bytesAt, type Place, type RowMemory } from './row-memory.js';

/** A row of more bytes takes no more events: what is read for one of them stays little. */
const MOST_BYTES = 16 * 1024;
const [STREAM_AT, REVISION_AT, POSITION_AT, HEADER_BYTES] = [4, 12, 20, 28];
const FRAME_PREFIX_BYTES = 5;
const NOTHING = Buffer.alloc(0);

/**
 * Events of one stream that follow each other there and in the log: one row of the file. It is nothing but the row's
 * content: a buffer for each of its events would be looked after by every collection of garbage.
 */
export class Pack {
  bytes = 0;
  private count = 0;
  private lastBytes = 0;
  /** Where it lies, if it was written and not read: a view for each event that is added would take longer than to copy it. */
  private place: Place | undefined;
  private content: Buffer = NOTHING;
  private complete = false;

  /**
   * @param revision that of the first event
   * @param position that of the first event
   */
  constructor(
    readonly streamId: number,
    readonly revision: number,
    readonly position: number,
  ) {}

  /** The revision of the last event. */
  get last(): number {
    return this.revision + this.count - 1;
  }

  /** The position of the last event, by which the row is found. */
  get key(): number {
    return this.position + this.bytes - this.lastBytes;
  }

  /** The position behind the last event. */
  get end(): number {
    return this.position + this.bytes;
  }

  takes({ streamId, revision, frame }: StoredEvent): boolean {
    return streamId === this.streamId && revision === this.last + 1 && this.bytes + frame.length <= MOST_BYTES;
  }

  /** Adds the next event, which is copied; not any more once the pack is encoded. */
  add(frame: Buffer, memory: RowMemory): void {
    this.place ??= memory.begin(HEADER_BYTES);
    memory.extend(this.place, frame);
    this.counted(frame.length);
  }

  /** Its events; they last longer than the pack, whose memory is used again. */
  events(): StoredEvent[] {
    const { streamId, place } = this;
    let { revision, position } = this;
    return framesIn(place ? Buffer.from(bytesAt(place)) : this.content).map((frame) => {
      const event = { position, streamId, revision: revision++, frame };
      position += frame.length;
      return event;
    });
  }

  /** The row's content: a checksum, what the pack is, and its frames. It lasts until the pack is released. */
  encode(): Buffer {
    if (this.complete) return this.content;
    const content = this.place ? bytesAt(this.place) : NOTHING;
    content.writeDoubleLE(this.streamId, STREAM_AT);
    content.writeDoubleLE(this.revision, REVISION_AT);
    content.writeDoubleLE(this.position, POSITION_AT);
    content.writeUInt32LE(crc32(content.subarray(STREAM_AT)));
    this.complete = true;
    this.content = content;
    return content;
  }

  /** Gives its memory back, after which it has no content. */
  release(memory: RowMemory): void {
    if (this.place) memory.release(this.place);
    this.place = undefined;
    this.content = NOTHING;
  }

  /** Takes a row's content, which is intact, for its own. */
  hold(content: Buffer): void {
    this.content = content;
    this.complete = true;
    for (let at = HEADER_BYTES; at < content.length; at += this.lastBytes) this.counted(sizeAt(content, at));
  }

  private counted(bytes: number): void {
    this.count++;
    this.lastBytes = bytes;
    this.bytes += bytes;
  }
}

/**
 * Reads a row back.
 * @throws CorruptLog when it is not what was written under that key
 */
export function decodePack(key: number, content: unknown): Pack {
  const pack = Buffer.isBuffer(content) ? readRow(content) : undefined;
  if (pack?.key !== key) throw corrupt(key);
  return pack;
}

/** What a row holds, if it is as it was written. */
export function readRow(content: Buffer): Pack | undefined {
  if (!isIntact(content)) return undefined;
  const [streamId, revision, position] = [STREAM_AT, REVISION_AT, POSITION_AT].map((at) => content.readDoubleLE(at));
  const pack = new Pack(streamId as number, revision as number, position as number);
  pack.hold(content);
  return pack;
}

function framesIn(content: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = HEADER_BYTES, end; at < content.length; at = end) {
    end = at + sizeAt(content, at);
    frames.push(content.subarray(at, end));
  }
  return frames;
}

const sizeAt = (content: Buffer, at: number): number => FRAME_PREFIX_BYTES + content.readUInt32BE(at + 1);

function isIntact(content: Buffer): boolean {
  if (content.length <= HEADER_BYTES + FRAME_PREFIX_BYTES) return false;
  return crc32(content.subarray(STREAM_AT)) === content.readUInt32LE();
}

const corrupt = (key: number) =>
  new CorruptLog(`The event at position ${key} is corrupt; restore the data folder from a backup.`);
