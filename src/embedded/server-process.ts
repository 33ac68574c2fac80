import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';

/** A server running as a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the process has ended, with what is known of the cause. */
  readonly ended: Promise<string>;
  /** Asks it to stop; after {@link STOP_MS} it is killed. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** An embedded server that cannot run: one sentence that says what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
  /** `final`: trying again will not help. */
  constructor(
    message: string,
    readonly final = false,
  ) {
    super(message);
  }
}

/** How long a server may take to start, and to stop, in milliseconds. */
export const START_MS = 15_000;
export const STOP_MS = 5_000;

const LAST_WORDS = 2_000;

/**
 * How the child ended, with the last thing it said on standard error. Whatever it leaves behind in its process group is
 * killed. ('close' does not serve: it is never emitted after a disconnect of this side.)
 */
export const endOf = async (child: ChildProcess): Promise<string> => {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-LAST_WORDS)));
  const silent = child.stderr && once(child.stderr, 'close');
  const how = await exitOf(child);
  killGroup(child);
  await silent;
  const lastLine = said.trim().split('\n').at(-1);
  return lastLine ? `${how}: ${sentenceOf(lastLine)}` : how;
};

/** What a line of a server's log says; the embedded event store's are JSON. */
const sentenceOf = (line: string): string => {
  try {
    const { what } = JSON.parse(line) as { what?: unknown };
    return typeof what === 'string' ? what : line;
  } catch {
    return line;
  }
};

const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });

/** Asks the child to stop, waits, and kills its process group if it does not. */
export const stopChild = async (child: ChildProcess, ended: Promise<string>, ask: () => void): Promise<void> => {
  ask();
  const timer = setTimeout(() => killGroup(child), STOP_MS);
  await ended;
  clearTimeout(timer);
};

/** Kills a detached child and everything it started. */
export const killGroup = (child: ChildProcess): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/**
 * What `ready` gives; from then on the child's standard error is passed on.
 * @throws EmbeddedServerError when the child ends before that, or takes longer than {@link START_MS}
 */
export const started = async <T>(
  what: string,
  child: ChildProcess,
  ended: Promise<string>,
  ready: Promise<T>,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      killGroup(child);
      reject(new EmbeddedServerError(`The ${what} was not ready within ${START_MS / 1000} s.`));
    }, START_MS);
    void ended.then((cause) => reject(new EmbeddedServerError(`The ${what} did not start (${cause}).`)));
  });
  try {
    const outcome = await Promise.race([ready, failed]);
    child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    return outcome;
  } finally {
    clearTimeout(timer);
  }
};
