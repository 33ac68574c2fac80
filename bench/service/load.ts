import autocannon from 'autocannon';
import type { Pace } from './pace.js';
import { paceOf } from './pace.js';

/** How many callers ask at once, each again as soon as it is answered. */
export const CONNECTIONS = 32;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  /** What to ask next. */
  readonly next: () => Call;
  /** For so long. */
  readonly seconds: number;
  /** Or until so many calls are answered, if that is sooner. */
  readonly amount?: number;
}

/** Loads a server with {@link CONNECTIONS} callers. @throws Error when an answer is no success: nothing was measured */
export const load = async ({ url, next, seconds, amount }: Load): Promise<Pace> => {
  const times: number[] = [];
  const latencies: number[] = [];
  const running = autocannon({
    url,
    connections: CONNECTIONS,
    ...(amount ? { amount } : { duration: seconds }),
    sampleInt: 50,
    timeout: 20,
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
  }).on('response', (_, __, ___, ms) => {
    times.push(performance.now());
    latencies.push(ms);
  });
  const enough = setTimeout(() => running.stop(), seconds * 1_000);
  const { errors, non2xx, statusCodeStats } = await running;
  clearTimeout(enough);
  if (errors > 0 || non2xx > 0)
    throw new Error(`${url} gave ${errors} errors, and ${JSON.stringify(statusCodeStats)}.`);
  return paceOf(times, latencies);
};
