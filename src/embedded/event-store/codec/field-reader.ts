import { isUtf8 } from 'node:buffer';
import { MalformedMessage } from './malformed.js';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** The longest text that is looked through here, which is faster than asking native code about it. */
const SHORT_TEXT = 64;

/** Walks the fields of one protocol-buffers message, without copying. Every method throws MalformedMessage. */
export class FieldReader {
  private wireType = 0;
  /** The number of the field `next` has moved to. */
  field = 0;

  /** @param offset where the message begins in the buffer; @param end where it ends */
  constructor(
    private readonly buffer: Buffer,
    private offset = 0,
    private readonly end = buffer.length,
  ) {}

  /** Moves to the next field; its value must be read or skipped before the next call. */
  next(): boolean {
    if (this.offset >= this.end) return false;
    const tag = Number(this.varint());
    this.wireType = tag & 7;
    this.field = Math.floor(tag / 8);
    if (this.field === 0 || tag > 0xffffffff) throw new MalformedMessage('A field number is out of range.');
    return true;
  }

  /** The value as an unsigned 64-bit number. */
  uint64(): bigint {
    this.expect(VARINT);
    return BigInt.asUintN(64, BigInt(this.varint()));
  }

  /** The value as a signed 64-bit number. */
  int64(): bigint {
    return BigInt.asIntN(64, this.uint64());
  }

  uint32(): number {
    return Number(BigInt.asUintN(32, this.uint64()));
  }

  bool(): boolean {
    return this.uint64() !== 0n;
  }

  /** The value's bytes, which stay those of the message. */
  bytes(): Buffer {
    const start = this.take(this.length());
    return this.buffer.subarray(start, this.offset);
  }

  /** Whether the value's bytes are these, and if so, moves behind them. */
  skipIf(bytes: Uint8Array): boolean {
    const { offset } = this;
    const length = this.length();
    const start = this.offset;
    let same = length === bytes.length && start + length <= this.end ? 0 : -1;
    while (same >= 0 && same < length && this.buffer[start + same] === bytes[same]) same++;
    this.offset = same === length ? start + length : offset;
    return same === length;
  }

  string(): string {
    const start = this.take(this.length());
    if (this.isShortAscii(start)) return this.buffer.toString('latin1', start, this.offset);
    const bytes = this.buffer.subarray(start, this.offset);
    if (!isUtf8(bytes)) throw new MalformedMessage('A text is not UTF-8.');
    return bytes.toString('utf8');
  }

  /** A reader of the message the field holds. */
  message(): FieldReader {
    const start = this.take(this.length());
    return new FieldReader(this.buffer, start, this.offset);
  }

  skip(): void {
    if (this.wireType === VARINT) this.varint();
    else if (this.wireType === LENGTH_DELIMITED) this.take(this.length());
    else if (this.wireType === FIXED64) this.take(8);
    else if (this.wireType === FIXED32) this.take(4);
    else throw new MalformedMessage(`Wire type ${this.wireType} is not in use.`);
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) throw new MalformedMessage(`Field ${this.field} has wire type ${this.wireType}.`);
  }

  private length(): number {
    this.expect(LENGTH_DELIMITED);
    return Number(this.varint());
  }

  /** Moves behind so many bytes and returns where they begin. */
  private take(length: number): number {
    const start = this.offset;
    if (start + length > this.end) throw new MalformedMessage('A field is longer than its message.');
    this.offset = start + length;
    return start;
  }

  private isShortAscii(start: number): boolean {
    if (this.offset - start > SHORT_TEXT) return false;
    for (let at = start; at < this.offset; at++) if ((this.buffer[at] as number) > 127) return false;
    return true;
  }

  /** Numbers up to 2^49 stay numbers: nearly every varint is a tag or a length. */
  private varint(): number | bigint {
    let value = this.byte();
    if (value < 0x80) return value;
    value &= 0x7f;
    for (let factor = 128; factor < 2 ** 49; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return this.longVarint(BigInt(value));
  }

  private longVarint(low: bigint): bigint {
    let value = low;
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedMessage('A varint is longer than ten bytes.');
  }

  private byte(): number {
    if (this.offset >= this.end) throw new MalformedMessage('The message ends inside a field.');
    return this.buffer[this.offset++] as number;
  }
}
