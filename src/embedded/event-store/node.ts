import { EventLog } from './log/event-log.js';
import { report } from './diagnostics.js';
import { statusOf } from './protocol/faults.js';
import { createService } from './protocol/service.js';
import { GrpcServer } from './transport/server.js';
import { Code } from './transport/status.js';

export interface NodeOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The data folder; made if it is not there. */
  readonly data: string;
}

export interface RunningNode {
  readonly port: number;
  /** Ends open calls, commits what is waiting and closes the file. */
  stop(): Promise<void>;
}

/**
 * Opens the log and serves it.
 * @throws LogUnavailable, CorruptLog, or the listener's error, each with a sentence to show
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const log = new EventLog(options.data, reportCommitFailure);
  const server = new GrpcServer({
    resolve: createService(log),
    onFault: (error, call) => {
      const status = statusOf(error);
      if (status.code !== Code.INTERNAL) reportFault(error, call.path);
      return status;
    },
  });
  try {
    const { port } = await server.listen(options.port, options.host);
    return { port, stop: () => server.close().then(() => log.close()) };
  } catch (error) {
    log.close();
    throw error;
  }
}

function reportCommitFailure(cause: Error): void {
  report(
    'error',
    `A commit failed: ${cause.message}`,
    'log',
    'See that the disk of the data folder has room and works.',
  );
}

function reportFault(error: unknown, path: string): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  report('error', what, path, 'If the log is corrupt restore it from a backup; otherwise report this as a fault.');
}
