import { createContext, Script } from 'node:vm';

const context = createContext({ work: undefined });
const script = new Script('work()');

/** Work took longer than it may. */
export class OutOfTime extends Error {}

/**
 * Runs synchronous work that is stopped, wherever it is, when its time is up; a regular expression too.
 * @throws OutOfTime, or what the work throws
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  context['work'] = work;
  try {
    return script.runInContext(context, { timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new OutOfTime();
    throw error;
  }
}
