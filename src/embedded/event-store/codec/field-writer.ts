const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FRAME_PREFIX_BYTES = 5;

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
    this.open(field, value.length);
    this.raw(value);
  }

  string(field: number, value: string): void {
    if (value.length < 128 && this.shortText(field, value)) return;
    const size = Buffer.byteLength(value);
    this.open(field, size);
    this.reserve(size);
    this.length += this.buffer.write(value, this.length);
  }

  /** Begins a nested message, or bytes, whose length is known; what it holds has to follow. */
  open(field: number, size: number): void {
    this.tag(field, LENGTH_DELIMITED);
    this.varint(size);
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

  /** Writes a complete gRPC frame: the five-byte prefix, then the message. It lasts until the next one is written. */
  frame(write: (writer: FieldWriter) => void): Buffer {
    this.length = 0;
    this.reserve(FRAME_PREFIX_BYTES);
    this.length = FRAME_PREFIX_BYTES;
    write(this);
    this.buffer[0] = 0;
    this.buffer.writeUInt32BE(this.length - FRAME_PREFIX_BYTES, 1);
    return this.buffer.subarray(0, this.length);
  }

  /** Writes ASCII without a call into native code, which takes longer than a short text. */
  private shortText(field: number, value: string): boolean {
    const start = this.length;
    this.open(field, value.length);
    this.reserve(value.length);
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) {
        this.length = start;
        return false;
      }
      this.buffer[this.length++] = code;
    }
    return true;
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

/** How many bytes a number takes; one of 64 bits may be a bigint. */
export function varintSize(value: number | bigint): number {
  if (typeof value === 'bigint') return Math.ceil(value.toString(2).length / 7);
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

const shared = new FieldWriter();

/** Encodes one gRPC frame holding the message that `write` describes; `write` must not encode another meanwhile. */
export function encodeFrame(write: (writer: FieldWriter) => void): Buffer {
  return Buffer.from(shared.frame(write));
}

/** The same without a copy: the frame lasts until the next one is encoded. */
export function encodePassingFrame(write: (writer: FieldWriter) => void): Buffer {
  return shared.frame(write);
}

/** Encodes fields of a message, without a frame around them. */
export function encodeFields(write: (writer: FieldWriter) => void): Buffer {
  return Buffer.from(shared.frame(write).subarray(FRAME_PREFIX_BYTES));
}
