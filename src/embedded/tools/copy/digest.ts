import { createHash } from 'node:crypto';
import { isTombstone, type WireEvent } from '../node/wire-event.js';

/** A SHA-256 over events in order: what two nodes hold is the same when count and hash are. */
export class Digest {
  count = 0;
  private readonly hash = createHash('sha256');

  add(event: WireEvent): void {
    this.count++;
    this.hash.update(canonicalBytes(event));
  }

  /** The hash in hexadecimal; the digest cannot be added to any more. */
  finish(): string {
    return this.hash.digest('hex');
  }
}

/**
 * All of an event that a copy must keep, each part behind its length. The id of a tombstone is not among it, because
 * every node makes up its own.
 */
export function canonicalBytes(event: WireEvent): Buffer {
  const { stream, revision, id, type, contentType, data, metadata } = event;
  const texts = isTombstone(event) ? [stream, type] : [stream, revision.toString(), id, type, contentType];
  return Buffer.concat([...texts.map((text) => Buffer.from(text, 'utf8')), data, metadata].flatMap(measured));
}

function measured(part: Uint8Array): Uint8Array[] {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(part.length);
  return [length, part];
}
