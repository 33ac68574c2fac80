import { AsyncLocalStorage } from 'node:async_hooks';

/** How fresh what a request has read is: the lowest position and the greatest age of all it rests on. */
export interface Freshness {
  position: bigint | null;
  /** Seconds since the log's end was last reached. */
  ageSeconds: number;
}

const requests = new AsyncLocalStorage<Freshness>();

/** Does the work of one request, and notes how fresh what it reads is. */
export const noting = <T>(freshness: Freshness, work: () => T): T => requests.run(freshness, work);

/** Notes that the request at hand has read a shard as of this position. */
export const noteRead = (position: bigint, ageSeconds: number): void => {
  const freshness = requests.getStore();
  if (!freshness) return;
  if (freshness.position === null || position < freshness.position) freshness.position = position;
  freshness.ageSeconds = Math.max(freshness.ageSeconds, ageSeconds);
};
