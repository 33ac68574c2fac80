import { isUtf8 } from 'node:buffer';
import { MalformedMessage } from './malformed.js';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** Walks the fields of one protocol-buffers message, without copying. Every method throws MalformedMessage. */
export class FieldReader {
  private offset = 0;
  private wireType = 0;
  /** The number of the field `next` has moved to. */
  field = 0;

  constructor(private readonly buffer: Buffer) {}

  /** Moves to the next field; its value must be read or skipped before the next call. */
  next(): boolean {
    if (this.offset >= this.buffer.length) return false;
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
    this.expect(LENGTH_DELIMITED);
    const length = Number(this.varint());
    return this.take(length);
  }

  string(): string {
    const bytes = this.bytes();
    if (!isUtf8(bytes)) throw new MalformedMessage('A text is not UTF-8.');
    return bytes.toString('utf8');
  }

  /** A reader of the message the field holds. */
  message(): FieldReader {
    return new FieldReader(this.bytes());
  }

  skip(): void {
    if (this.wireType === VARINT) this.varint();
    else if (this.wireType === LENGTH_DELIMITED) this.bytes();
    else if (this.wireType === FIXED64) this.take(8);
    else if (this.wireType === FIXED32) this.take(4);
    else throw new MalformedMessage(`Wire type ${this.wireType} is not in use.`);
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) throw new MalformedMessage(`Field ${this.field} has wire type ${this.wireType}.`);
  }

  private take(length: number): Buffer {
    const end = this.offset + length;
    if (end > this.buffer.length) throw new MalformedMessage('A field is longer than its message.');
    const bytes = this.buffer.subarray(this.offset, end);
    this.offset = end;
    return bytes;
  }

  /** Numbers up to 2^49 stay numbers: nearly every varint is a tag or a length. */
  private varint(): number | bigint {
    let value = 0;
    for (let factor = 1; factor < 2 ** 49; factor *= 128) {
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
    const byte = this.buffer[this.offset];
    if (byte === undefined) throw new MalformedMessage('The message ends inside a field.');
    this.offset++;
    return byte;
  }
}
