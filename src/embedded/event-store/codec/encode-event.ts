import { encodeFields, encodePassingFrame, varintSize, type FieldWriter } from './field-writer.js';

const TICKS_PER_MILLISECOND = 10_000;
const UUID_TEXT_BYTES = 36;
const NOTHING: Buffer = Buffer.alloc(0);
const JSON_TYPE = 'application/json';
const OTHER_TYPE = 'application/octet-stream';

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

/**
 * Encodes an event as the complete gRPC frame of a `ReadResp`, the form in which it is stored and sent; it lasts until the
 * next frame is encoded. Every length is computed before, so that nothing is moved.
 */
export function encodeEventFrame(event: EventToEncode): Buffer {
  const name = nameOf(event.stream);
  const entries = entriesOf(event);
  const recorded = recordedSize(event) + name.length + entries.length;
  const position = 1 + varintSize(event.position);
  return encodePassingFrame((writer) => {
    writer.open(1, textSize(recorded) + position);
    writer.open(1, recorded);
    writer.open(1, textSize(UUID_TEXT_BYTES));
    writer.string(2, event.id);
    writer.raw(name);
    writer.uint(3, event.revision);
    writer.uint(4, event.position);
    writer.uint(5, event.position);
    writer.raw(entries);
    if (event.customMetadata.length > 0) writer.bytes(7, event.customMetadata);
    if (event.data.length > 0) writer.bytes(8, event.data);
    writer.uint(3, event.position);
  });
}

let lastName: { readonly stream: string | undefined; readonly field: Buffer } = { stream: undefined, field: NOTHING };

/** The field with the stream's name; events that follow each other often share it. */
function nameOf(stream: string): Buffer {
  if (lastName.stream !== stream) {
    lastName = {
      stream,
      field: encodeFields((writer) => writer.message(2, (identifier) => identifier.string(3, stream))),
    };
  }
  return lastName.field;
}

let lastEntries = { type: '', json: false, created: NaN, fields: NOTHING };

/** The entries of the system's metadata; events that follow each other often share them. */
function entriesOf({ type, json, created }: EventToEncode): Buffer {
  if (lastEntries.type !== type || lastEntries.json !== json || lastEntries.created !== created) {
    const fields = encodeFields((writer) => {
      writeEntry(writer, 'type', type);
      writeEntry(writer, 'content-type', json ? JSON_TYPE : OTHER_TYPE);
      writeEntry(writer, 'created', `${created * TICKS_PER_MILLISECOND}`);
    });
    lastEntries = { type, json, created, fields };
  }
  return lastEntries.fields;
}

function writeEntry(writer: FieldWriter, key: string, value: string): void {
  writer.message(6, (entry) => {
    entry.string(1, key);
    entry.string(2, value);
  });
}

/** What a field with so many bytes takes with its tag and its length. */
const textSize = (bytes: number): number => 1 + varintSize(bytes) + bytes;

/** Without the name and the entries. */
function recordedSize({ revision, position, customMetadata, data }: EventToEncode): number {
  const numbers = 1 + varintSize(revision) + 2 * (1 + varintSize(position));
  const bytes = [customMetadata.length, data.length].reduce((sum, size) => sum + (size > 0 ? textSize(size) : 0), 0);
  return textSize(textSize(UUID_TEXT_BYTES)) + numbers + bytes;
}
