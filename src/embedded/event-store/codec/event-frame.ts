import { encodeFrame } from './field-writer.js';
import { FieldReader } from './field-reader.js';
import { MalformedMessage } from './malformed.js';
import { readUuid, writeStructuredUuid } from './uuid.js';

const FRAME_PREFIX_BYTES = 5;
const TICKS_PER_MILLISECOND = 10_000;
const JSON_TYPE = 'application/json';

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
  const response = new FieldReader(frame, FRAME_PREFIX_BYTES);
  if (!response.next()) throw new MalformedMessage('A stored frame is empty.');
  const readEvent = response.message();
  if (!readEvent.next()) throw new MalformedMessage('A stored frame holds no event.');
  return readEvent.bytes();
}

/** Decodes a stored frame. */
export function decodeEventFrame(frame: Buffer): DecodedEvent {
  const reader = new FieldReader(recordedEventOf(frame));
  const headers: EventHeaders = {};
  let id = '';
  let data: Buffer = Buffer.alloc(0);
  while (reader.next()) {
    if (reader.field === 1) id = readUuid(reader.message());
    else if (reader.field === 6) readHeader(reader.message(), headers);
    else if (reader.field === 8) data = reader.bytes();
    else reader.skip();
  }
  return {
    id,
    type: headers.type ?? '',
    json: headers['content-type'] === JSON_TYPE,
    created: Number(headers.created ?? 0) / TICKS_PER_MILLISECOND,
    data,
  };
}

/** What the metadata of an event on the wire says; other keys mean nothing. */
export interface EventHeaders {
  type?: string;
  'content-type'?: string;
  created?: string;
}

/** One entry of the `map<string, string>` field that holds them; null for one that means nothing. */
export function readEntry(reader: FieldReader): { readonly key: keyof EventHeaders; readonly value: string } | null {
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.string();
    else if (reader.field === 2) value = reader.string();
    else reader.skip();
  }
  return key === 'type' || key === 'content-type' || key === 'created' ? { key, value } : null;
}

/** Reads such an entry into `headers`. */
function readHeader(reader: FieldReader, headers: EventHeaders): void {
  const entry = readEntry(reader);
  if (entry) headers[entry.key] = entry.value;
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
