import { setTimeout as sleep } from 'node:timers/promises';

/** Until it holds: looked at every 20 ms, for `ms` milliseconds at most. @throws Error saying what never came to be */
export const waitFor = async (
  holds: () => boolean | Promise<boolean>,
  { ms = 10_000, what = holds.toString() }: { ms?: number; what?: string } = {},
): Promise<void> => {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`After ${ms} ms it still does not hold: ${what}`);
    await sleep(20);
  }
};
