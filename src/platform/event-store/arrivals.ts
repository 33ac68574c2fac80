import type { Readable } from 'node:stream';
import { finished } from 'node:stream';

/**
 * All that has arrived on a stream of objects, as often as something has: a step through an async iterator for each one
 * costs as much as applying it. What failed is thrown after everything that came before.
 */
export async function* arrivals<T extends object>(stream: Readable): AsyncGenerator<readonly T[]> {
  const end: { reached: boolean; error?: unknown } = { reached: false };
  let wake: () => void = () => undefined;
  const look = () => wake();
  stream.on('readable', look);
  const forget = finished(stream, { writable: false }, (error) => {
    Object.assign(end, { reached: true, error });
    wake();
  });
  try {
    for (;;) {
      const some = takenFrom<T>(stream);
      if (some.length > 0) yield some;
      else if (end.reached) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (end.error) throw end.error;
  } finally {
    stream.off('readable', look);
    forget();
    stream.destroy();
  }
}

const takenFrom = <T>(stream: Readable): T[] => {
  const some: T[] = [];
  if (stream.destroyed) return some;
  for (let one = stream.read() as T | null; one !== null; one = stream.read() as T | null) some.push(one);
  return some;
};
