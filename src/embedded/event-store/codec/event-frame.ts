import { encodeFrame, type FieldWriter } from './field-writer.js';
import { FieldReader } from './field-reader.js';
import { MalformedMessage } from './malformed.js';
import { readUuid, writeStructuredUuid, writeUuid } from './uuid.js';

const FRAME_PREFIX_BYTES = 5;
const TICKS_PER_MILLISECOND = 10_000;

export interface EventToEncode {
  readonly id: string;
  readonly stream: string;
  /** A bigint only for the revision of a tombstone, which no number holds. */
  readonly revision: number | bigint;
  readonly position: number;
  readonly type: string;
  readonly json: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}

/** What the log needs to know of an event it reads back. */
export interface DecodedEvent {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly created: number;
  readonly data: Buffer;
}

/** Encodes an event as the complete gRPC frame of a `ReadResp`, the form in which it is stored and sent. */
export function encodeEventFrame(event: EventToEncode): Buffer {
  return encodeFrame((response) =>
    response.message(1, (readEvent) => {
      readEvent.message(1, (recorded) => writeRecordedEvent(recorded, event));
      readEvent.uint(3, event.position);
    }),
  );
}

function writeRecordedEvent(writer: FieldWriter, event: EventToEncode): void {
  writeUuid(writer, 1, event.id);
  writer.message(2, (w) => w.string(3, event.stream));
  writer.uint(3, event.revision);
  writer.uint(4, event.position);
  writer.uint(5, event.position);
  writeMapEntry(writer, 'type', event.type);
  writeMapEntry(writer, 'content-type', event.json ? 'application/json' : 'application/octet-stream');
  writeMapEntry(writer, 'created', `${event.created * TICKS_PER_MILLISECOND}`);
  if (event.customMetadata.length > 0) writer.bytes(7, event.customMetadata);
  if (event.data.length > 0) writer.bytes(8, event.data);
}

function writeMapEntry(writer: FieldWriter, key: string, value: string): void {
  writer.message(6, (w) => {
    w.string(1, key);
    w.string(2, value);
  });
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
