const SLAB_BYTES = 256 * 1024;

/** Where a row lies that may still grow. */
export interface Place {
  slab: Buffer;
  start: number;
  end: number;
}

/**
 * Memory for rows that are written, side by side as they then are in the journal. Buffers of their own, by the thousand,
 * would make V8 collect garbage far more often.
 */
export class RowMemory {
  private slab = Buffer.alloc(0);
  private used = 0;

  /** Begins a row with so many bytes, to be filled in later. */
  begin(bytes: number): Place {
    this.reserve(bytes);
    this.used += bytes;
    return { slab: this.slab, start: this.used - bytes, end: this.used };
  }

  /** Gives a row more bytes, which are copied. It stays where it is if it was begun last and there is room behind it. */
  extend(place: Place, bytes: Buffer): void {
    const isLast = place.slab === this.slab && place.end === this.used;
    if (!isLast || this.used + bytes.length > this.slab.length) this.move(place, bytes.length);
    this.slab.set(bytes, this.used);
    this.used += bytes.length;
    place.end = this.used;
  }

  private move(place: Place, more: number): void {
    const row = bytesAt(place);
    this.reserve(row.length + more);
    this.slab.set(row, this.used);
    [place.slab, place.start] = [this.slab, this.used];
    this.used += row.length;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.slab.length) return;
    this.slab = Buffer.allocUnsafeSlow(Math.max(bytes, SLAB_BYTES));
    this.used = 0;
  }
}

export const bytesAt = ({ slab, start, end }: Place): Buffer => slab.subarray(start, end);
