import { encodeFrame } from './field-writer.js';
import { FieldReader } from './field-reader.js';
import { MalformedMessage } from './malformed.js';
import { readUuid, writeStructuredUuid } from './uuid.js';

const FRAME_PREFIX_BYTES = 5;
const TICKS_PER_MILLISECOND = 10_000;

/** What the log needs to know of an event it reads back. */
export interface DecodedEvent {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly created: number;
  readonly data: Buffer;
}

/** The `RecordedEvent` inside a stored frame, as the bytes it was encoded to. */
export function recordedEventOf(frame: Buffer): Buffer {
  const response = new FieldReader(frame.subarray(FRAME_PREFIX_BYTES));
  if (!response.next()) throw new MalformedMessage('A stored frame is empty.');
  const readEvent = response.message();
  if (!readEvent.next()) throw new MalformedMessage('A stored frame holds no event.');
  return readEvent.bytes();
}

/** Decodes a stored frame. */
export function decodeEventFrame(frame: Buffer): DecodedEvent {
  const reader = new FieldReader(recordedEventOf(frame));
  const entries = new Map<string, string>();
  let id = '';
  let data: Buffer = Buffer.alloc(0);
  while (reader.next()) {
    if (reader.field === 1) id = readUuid(reader.message());
    else if (reader.field === 6) readMapEntry(reader.message(), entries);
    else if (reader.field === 8) data = reader.bytes();
    else reader.skip();
  }
  const created = Number(entries.get('created') ?? 0) / TICKS_PER_MILLISECOND;
  return {
    id,
    type: entries.get('type') ?? '',
    json: entries.get('content-type') === 'application/json',
    created,
    data,
  };
}

/** Reads one entry of a `map<string, string>` field into `entries`. */
export function readMapEntry(reader: FieldReader, entries: Map<string, string>): void {
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.string();
    else if (reader.field === 2) value = reader.string();
    else reader.skip();
  }
  entries.set(key, value);
}

/** The name of the stream of the event in a stored frame. */
export function streamNameOf(frame: Buffer): string {
  const reader = new FieldReader(recordedEventOf(frame));
  while (reader.next()) {
    if (reader.field === 2) return readStreamIdentifier(reader.message());
    reader.skip();
  }
  throw new MalformedMessage('A stored event has no stream.');
}

/** The type of the event in a stored frame. */
export function typeNameOf(frame: Buffer): string {
  const reader = new FieldReader(recordedEventOf(frame));
  while (reader.next()) {
    if (reader.field === 6) return typeOf(reader.message());
    reader.skip();
  }
  throw new MalformedMessage('A stored event has no type.');
}

/** The type is the first entry that is written. */
function typeOf(entry: FieldReader): string {
  entry.next();
  entry.skip();
  entry.next();
  return entry.string();
}

/** Reads an `event_store.client.StreamIdentifier`. */
export function readStreamIdentifier(reader: FieldReader): string {
  let name = '';
  while (reader.next()) {
    if (reader.field === 3) name = reader.string();
    else reader.skip();
  }
  return name;
}

/** The id of the event in a stored frame. */
export function eventIdOf(frame: Buffer): string {
  const reader = new FieldReader(recordedEventOf(frame));
  if (!reader.next()) throw new MalformedMessage('A stored event has no id.');
  return readUuid(reader.message());
}

/** The same `RecordedEvent` with its id as two halves. */
export function withStructuredId(recordedEvent: Buffer): Buffer {
  const reader = new FieldReader(recordedEvent);
  if (!reader.next()) throw new MalformedMessage('A stored event has no id.');
  const id = reader.bytes();
  const rest = recordedEvent.subarray(id.byteOffset - recordedEvent.byteOffset + id.length);
  return encodeFrame((writer) => {
    writeStructuredUuid(writer, 1, readUuid(new FieldReader(id)));
    writer.raw(rest);
  }).subarray(FRAME_PREFIX_BYTES);
}
