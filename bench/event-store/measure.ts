/** How fast something was, and how long each took. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Repeats work with so many at once for so long.
 * @param work does one piece; @returns how many units it was
 */
export async function measure(inFlight: number, forMs: number, work: () => Promise<number>): Promise<Measurement> {
  const latencies: number[] = [];
  const start = performance.now();
  let units = 0;
  const worker = async () => {
    for (let now = start; now - start < forMs;) {
      const finished = await work();
      units += finished;
      const done = performance.now();
      latencies.push(done - now);
      now = done;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return summary(units, performance.now() - start, latencies);
}

/** Measures something that is done once. */
export async function measureOnce(work: () => Promise<number>): Promise<Measurement> {
  const start = performance.now();
  const units = await work();
  const took = performance.now() - start;
  return summary(units, took, [took]);
}

function summary(units: number, tookMs: number, latencies: number[]): Measurement {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: Math.round((units / tookMs) * 1000), p50: at(0.5), p99: at(0.99) };
}
