import { NoAnswerInTime } from './errors.js';

/** The promise's outcome, or NoAnswerInTime after `ms` milliseconds. `late` is then called to stop the work. */
export const within = <T>(ms: number, work: Promise<T>, late?: () => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late?.();
      reject(new NoAnswerInTime(`no answer within ${ms} ms`));
    }, ms);
    const inTime = (value: T) => {
      clearTimeout(timer);
      resolve(value);
    };
    const failed = (error: unknown) => {
      clearTimeout(timer);
      reject(error as Error);
    };
    work.then(inTime, failed);
  });

/** Resolves after `ms` milliseconds, or at once when the signal is aborted. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
