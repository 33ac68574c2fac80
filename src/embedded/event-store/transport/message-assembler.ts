import { Code, RpcError } from './status.js';

const PREFIX = 5;

/** Cuts the bytes of an HTTP/2 stream into gRPC messages, copying only those that span chunks. */
export class MessageAssembler {
  private pending: Buffer[] = [];
  private size = 0;
  private wanted = PREFIX;

  /** @param limit the longest message accepted, in bytes */
  constructor(private readonly limit: number) {}

  /** Whether a message has begun and is not complete. */
  get partial(): boolean {
    return this.size > 0;
  }

  /**
   * Adds a chunk and hands over each message that is complete with it.
   * @throws RpcError when a message is compressed or longer than the limit
   */
  push(chunk: Buffer, deliver: (message: Buffer) => void): void {
    this.pending.push(chunk);
    this.size += chunk.length;
    if (this.size < this.wanted) return;
    const bytes = this.pending.length === 1 ? chunk : Buffer.concat(this.pending, this.size);
    const consumed = this.deliverFrom(bytes, deliver);
    this.pending = consumed < bytes.length ? [bytes.subarray(consumed)] : [];
    this.size = bytes.length - consumed;
  }

  private deliverFrom(bytes: Buffer, deliver: (message: Buffer) => void): number {
    let offset = 0;
    this.wanted = PREFIX;
    while (bytes.length - offset >= PREFIX) {
      const end = offset + PREFIX + this.lengthAt(bytes, offset);
      if (end > bytes.length) {
        this.wanted = end - offset;
        break;
      }
      deliver(bytes.subarray(offset + PREFIX, end));
      offset = end;
    }
    return offset;
  }

  private lengthAt(bytes: Buffer, offset: number): number {
    if (bytes[offset] !== 0) {
      throw new RpcError(Code.UNIMPLEMENTED, 'Compressed messages are not accepted; send them uncompressed.');
    }
    const length = bytes.readUInt32BE(offset + 1);
    if (length > this.limit) {
      throw new RpcError(Code.RESOURCE_EXHAUSTED, `A message of ${length} bytes exceeds the limit of ${this.limit}.`);
    }
    return length;
  }
}
