import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerProcess } from './server-process.js';
import { EmbeddedServerError, endOf, started, stopChild } from './server-process.js';

const MAIN = fileURLToPath(new URL('./event-store/main.js', import.meta.url));

/** What it says while a predecessor has not let go of the log yet; nothing else mends itself. */
const HELD = 'in use by another node';

export interface EventStoreServer extends ServerProcess {
  readonly port: number;
}

/**
 * Starts the embedded event store on its data folder; port 0 takes a free one. It stops by itself when the channel to
 * this process closes, hence also after a kill -9 of this process. It has a process group of its own, so that a Ctrl-C
 * in a terminal reaches only the service, which then stops it last.
 * @throws EmbeddedServerError when it is not listening in time; final unless the log is held by another
 */
export const startEventStore = async (dataDir: string, port: number): Promise<EventStoreServer> => {
  const child = fork(MAIN, ['--port', String(port), '--data', dataDir], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = endOf(child);
  const listening = new Promise<number>((resolve) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
  });
  const chosen = await started('embedded event store', child, ended, listening).catch((error: Error) => {
    throw new EmbeddedServerError(error.message, !error.message.includes(HELD));
  });
  const ask = () => child.connected && child.disconnect();
  return { pid: child.pid as number, port: chosen, ended, stop: () => stopChild(child, ended, ask) };
};
