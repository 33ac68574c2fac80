const SLAB_BYTES = 256 * 1024;
/** So many slabs that no row lies in are kept: twice what the tail holds. */
const KEPT_SLABS = 256;

interface Slab {
  readonly bytes: Buffer;
  /** How many rows lie in it. */
  rows: number;
}

/** Where a row lies. */
export interface Place {
  slab: Slab;
  start: number;
  end: number;
}

/**
 * Memory for rows that are written, side by side as they then are in the journal. Buffers of their own, by the thousand,
 * would make V8 collect garbage far more often; memory that the process never had before, instead of what the rows
 * before have left, costs more than all that is done with it where the machine's own memory is virtual.
 */
export class RowMemory {
  private readonly free: Slab[] = [];
  private slab = slabOf(0);
  private used = 0;

  /** Begins a row with so many bytes, to be filled in later. */
  begin(bytes: number): Place {
    this.reserve(bytes);
    this.used += bytes;
    this.slab.rows++;
    return { slab: this.slab, start: this.used - bytes, end: this.used };
  }

  /** Gives a row more bytes, which are copied. It stays where it is if it was begun last and there is room behind it. */
  extend(place: Place, bytes: Buffer): void {
    const isLast = place.slab === this.slab && place.end === this.used;
    if (!isLast || this.used + bytes.length > this.slab.bytes.length) this.move(place, bytes.length);
    this.slab.bytes.set(bytes, this.used);
    this.used += bytes.length;
    place.end = this.used;
  }

  /** Gives the memory of a row free, to be written over: nobody may hold a view of it any more. */
  release({ slab }: Place): void {
    slab.rows--;
    if (slab !== this.slab) this.keep(slab);
  }

  private move(place: Place, more: number): void {
    const row = bytesAt(place);
    this.reserve(row.length + more);
    this.slab.bytes.set(row, this.used);
    this.slab.rows++;
    this.release(place);
    [place.slab, place.start] = [this.slab, this.used];
    this.used += row.length;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.slab.bytes.length) return;
    const left = this.slab;
    this.slab = (bytes <= SLAB_BYTES && this.free.pop()) || slabOf(Math.max(bytes, SLAB_BYTES));
    this.used = 0;
    this.keep(left);
  }

  private keep(slab: Slab): void {
    if (slab.rows === 0 && slab.bytes.length === SLAB_BYTES && this.free.length < KEPT_SLABS) this.free.push(slab);
  }
}

/** A view of a row, which lasts until the row is released. */
export const bytesAt = ({ slab, start, end }: Place): Buffer => slab.bytes.subarray(start, end);

const slabOf = (bytes: number): Slab => ({ bytes: Buffer.allocUnsafeSlow(bytes), rows: 0 });
