import type { StreamMetadata } from './stream-metadata.js';

/**
 * The first revision a reader may see, by count and truncation; age is judged by the events' times.
 * @param last the revision of the stream's last event
 */
export function firstVisibleRevision(last: number, metadata: StreamMetadata): number {
  const byCount = metadata.maxCount === undefined ? 0 : last - metadata.maxCount + 1;
  return Math.max(0, byCount, metadata.truncateBefore ?? 0);
}

/**
 * The first revision that is young enough, found by halving: the events of a stream were created in order.
 * @param createdAt when the event of a revision was created, in milliseconds
 * @returns `last + 1` when all are too old
 */
export function firstYoungRevision(
  first: number,
  last: number,
  oldest: number,
  createdAt: (revision: number) => number,
): number {
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (createdAt(middle) < oldest) low = middle + 1;
    else high = middle;
  }
  return low;
}
