import { GenerationalCache } from './generational-cache.js';
import type { Pack } from './pack.js';

const CACHED_HALF = 2_000;
const MOST_BYTES = 4 * 1024;

interface Reading {
  readonly revision: number;
  readonly limit: number;
  readonly packs: readonly Pack[];
}

/**
 * What the index gave of short streams when they were last read: whoever decides on a stream reads it again and again. At
 * most 4 000 streams of 4 KiB each.
 */
export class LatelyRead {
  private readonly cache = new GenerationalCache<number, Reading>(CACHED_HALF);

  /** The same as when it was asked last, if it was, or else what `read` gives. */
  packs(streamId: number, revision: number, limit: number, read: () => readonly Pack[]): readonly Pack[] {
    const last = this.cache.get(streamId);
    if (last?.revision === revision && last.limit === limit) return last.packs;
    const packs = read();
    if (packs.reduce((sum, { bytes }) => sum + bytes, 0) <= MOST_BYTES) {
      this.cache.set(streamId, { revision, limit, packs });
    }
    return packs;
  }

  /** To be told of every stream that the index is to know more of. */
  forget(streamId: number): void {
    this.cache.delete(streamId);
  }
}
