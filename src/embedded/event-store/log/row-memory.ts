const SLAB_BYTES = 256 * 1024;

/**
 * Memory for rows that are written, side by side as they then are in the journal. Buffers of their own, by the thousand,
 * would make V8 collect garbage far more often.
 */
export class RowMemory {
  private slab = Buffer.alloc(0);
  private used = 0;

  /** Begins a row with so many bytes, to be filled in later. */
  begin(bytes: number): Buffer {
    this.reserve(bytes);
    this.used += bytes;
    return this.slab.subarray(this.used - bytes, this.used);
  }

  /** A row with more bytes, which are copied. It stays where it is if it was begun last and there is room behind it. */
  extend(row: Buffer, bytes: Buffer): Buffer {
    const isLast = row.buffer === this.slab.buffer && row.byteOffset + row.length === this.used;
    if (!isLast || this.used + bytes.length > this.slab.length) this.copy(row, bytes.length);
    this.slab.set(bytes, this.used);
    const start = this.used - row.length;
    this.used += bytes.length;
    return this.slab.subarray(start, this.used);
  }

  private copy(row: Buffer, more: number): void {
    this.reserve(row.length + more);
    this.slab.set(row, this.used);
    this.used += row.length;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.slab.length) return;
    this.slab = Buffer.allocUnsafeSlow(Math.max(bytes, SLAB_BYTES));
    this.used = 0;
  }
}
