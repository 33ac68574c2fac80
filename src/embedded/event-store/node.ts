import { createAccessPolicy, openToAll } from './access/access-policy.js';
import { createAuthenticator } from './access/authenticator.js';
import type { User } from './access/users.js';
import { EventLog } from './log/event-log.js';
import { report } from './diagnostics.js';
import { statusOf } from './protocol/faults.js';
import { SubscriptionGroups } from './protocol/persistent/subscription-groups.js';
import { createService } from './protocol/service.js';
import { NOBODY } from './transport/caller.js';
import { GrpcServer } from './transport/server.js';
import { Code } from './transport/status.js';

const REPORT_INTERVAL_MS = 1000;

export interface NodeOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The data folder; made if it is not there. */
  readonly data: string;
  /** PEM texts; without them the node speaks in the clear. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /** Who may use the node; without them everybody may do everything. */
  readonly users?: readonly User[];
  /** The limit on the data of one append, in bytes. */
  readonly maxAppendBytes: number;
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
  const log = new EventLog(options.data, commitFailureReporter());
  const metadataOf = (stream: string) => log.visibility.metadataOf(stream);
  const mayUse = options.users ? createAccessPolicy(metadataOf) : openToAll;
  const groups = new SubscriptionGroups(log);
  const server = new GrpcServer({
    resolve: createService(log, groups, mayUse, options.maxAppendBytes),
    identify: options.users ? createAuthenticator(options.users) : () => NOBODY,
    tls: options.tls,
    onFault: (error, call) => {
      const status = statusOf(error);
      if (status.code !== Code.INTERNAL) reportFault(error, call.path);
      return status;
    },
  });
  try {
    const { port } = await server.listen(options.port, options.host);
    const stop = async () => {
      log.drain();
      await server.close();
      groups.close();
      log.close();
    };
    return { port, stop };
  } catch (error) {
    log.close();
    throw error;
  }
}

/** Failures come by the thousand while a disk is full, and are told once a second. */
function commitFailureReporter(): (cause: Error) => void {
  let quietUntil = 0;
  return ({ message }) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + REPORT_INTERVAL_MS;
    report('error', `A commit failed: ${message}`, 'log', 'See that the disk of the data folder has room and works.');
  };
}

function reportFault(error: unknown, path: string): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  report('error', what, path, 'If the log is corrupt restore it from a backup; otherwise report this as a fault.');
}
