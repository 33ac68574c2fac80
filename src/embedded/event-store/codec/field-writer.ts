const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Writes protocol-buffers messages into a buffer that it keeps and grows; one at a time. */
export class FieldWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(capacity = 1024) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  uint(field: number, value: number | bigint): void {
    this.tag(field, VARINT);
    this.varint(value);
  }

  bool(field: number, value: boolean): void {
    this.uint(field, value ? 1 : 0);
  }

  bytes(field: number, value: Uint8Array): void {
    this.tag(field, LENGTH_DELIMITED);
    this.varint(value.length);
    this.raw(value);
  }

  string(field: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.tag(field, LENGTH_DELIMITED);
    this.varint(size);
    this.reserve(size);
    this.length += this.buffer.write(value, this.length);
  }

  /** Writes a nested message; its length is known only afterwards, so a long one is moved to make room. */
  message(field: number, write: (writer: FieldWriter) => void): void {
    this.tag(field, LENGTH_DELIMITED);
    this.reserve(1);
    const start = ++this.length;
    write(this);
    const end = this.length;
    const size = end - start;
    if (size < 128) {
      this.buffer[start - 1] = size;
      return;
    }
    const extra = varintSize(size) - 1;
    this.reserve(extra);
    this.buffer.copyWithin(start + extra, start, end);
    this.length = start - 1;
    this.varint(size);
    this.length = end + extra;
  }

  /** Appends bytes that are already encoded. */
  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }

  /** Writes a complete gRPC frame: the five-byte prefix, then the message. */
  frame(write: (writer: FieldWriter) => void): Buffer {
    this.length = 0;
    this.reserve(5);
    this.length = 5;
    write(this);
    this.buffer[0] = 0;
    this.buffer.writeUInt32BE(this.length - 5, 1);
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  private tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  private varint(value: number | bigint): void {
    this.reserve(10);
    if (typeof value === 'bigint') return this.longVarint(value);
    let rest = value;
    while (rest >= 128) {
      this.buffer[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.length++] = rest;
  }

  private longVarint(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    while (rest >= 128n) {
      this.buffer[this.length++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.buffer[this.length++] = Number(rest);
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

const shared = new FieldWriter();

/** Encodes one gRPC frame holding the message that `write` describes; `write` must not encode another meanwhile. */
export function encodeFrame(write: (writer: FieldWriter) => void): Buffer {
  return shared.frame(write);
}
