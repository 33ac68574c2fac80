/** How fast something went, and how long each took in milliseconds. */
export interface Pace {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** How many there were in all. */
  readonly count: number;
}

/** The first answers come while everything warms up, the last ones while callers fall away. */
const WARMING = 0.2;
const ENDING = 0.98;

/** The value below which this share of the values lie. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};

/** The middle of these values. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The pace of what was done at these times, in order, each having taken so long. */
export const paceOf = (times: readonly number[], latencies: readonly number[]): Pace => {
  const [first, last] = [Math.floor(times.length * WARMING), Math.floor(times.length * ENDING) - 1];
  const tookMs = (times[last] ?? NaN) - (times[first] ?? NaN);
  const measured = latencies.slice(first, last);
  const perSecond = ((last - first) * 1_000) / tookMs;
  return { perSecond, p50: quantile(measured, 0.5), p99: quantile(measured, 0.99), count: times.length };
};

/** Repeats work so many at once for so long, and measures it. */
export const paceOfRepeated = async (
  inFlight: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<Pace> => {
  const times: number[] = [];
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const worker = async () => {
    for (let start = performance.now(); start < end;) {
      await work();
      const now = performance.now();
      times.push(now);
      latencies.push(now - start);
      start = now;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return paceOf(times, latencies);
};
