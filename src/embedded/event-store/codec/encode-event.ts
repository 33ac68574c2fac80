import { encodePassingFrame, varintSize, type FieldWriter } from './field-writer.js';

const TICKS_PER_MILLISECOND = 10_000;
const UUID_TEXT_BYTES = 36;
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
  const created = `${event.created * TICKS_PER_MILLISECOND}`;
  const contentType = event.json ? JSON_TYPE : OTHER_TYPE;
  const sizes = {
    name: textSize(Buffer.byteLength(event.stream)),
    type: textSize('type'.length) + textSize(Buffer.byteLength(event.type)),
    contentType: textSize('content-type'.length) + textSize(contentType.length),
    created: textSize('created'.length) + textSize(created.length),
  };
  const recorded = recordedSize(event, sizes);
  const position = 1 + varintSize(event.position);
  return encodePassingFrame((writer) => {
    writer.open(1, textSize(recorded) + position);
    writer.open(1, recorded);
    writeRecordedEvent(writer, event, sizes);
    writeEntry(writer, 'type', event.type, sizes.type);
    writeEntry(writer, 'content-type', contentType, sizes.contentType);
    writeEntry(writer, 'created', created, sizes.created);
    if (event.customMetadata.length > 0) writer.bytes(7, event.customMetadata);
    if (event.data.length > 0) writer.bytes(8, event.data);
    writer.uint(3, event.position);
  });
}

/** The lengths of the messages nested in a `RecordedEvent`. */
type Sizes = Readonly<Record<'name' | 'type' | 'contentType' | 'created', number>>;

/** What a field with so many bytes takes with its tag and its length. */
const textSize = (bytes: number): number => 1 + varintSize(bytes) + bytes;

function recordedSize({ revision, position, customMetadata, data }: EventToEncode, sizes: Sizes): number {
  const numbers = 1 + varintSize(revision) + 2 * (1 + varintSize(position));
  const entries = textSize(sizes.type) + textSize(sizes.contentType) + textSize(sizes.created);
  const bytes = [customMetadata.length, data.length].reduce((sum, size) => sum + (size > 0 ? textSize(size) : 0), 0);
  return textSize(textSize(UUID_TEXT_BYTES)) + textSize(sizes.name) + numbers + entries + bytes;
}

function writeRecordedEvent(writer: FieldWriter, event: EventToEncode, sizes: Sizes): void {
  writer.open(1, textSize(UUID_TEXT_BYTES));
  writer.string(2, event.id);
  writer.open(2, sizes.name);
  writer.string(3, event.stream);
  writer.uint(3, event.revision);
  writer.uint(4, event.position);
  writer.uint(5, event.position);
}

function writeEntry(writer: FieldWriter, key: string, value: string, size: number): void {
  writer.open(6, size);
  writer.string(1, key);
  writer.string(2, value);
}
