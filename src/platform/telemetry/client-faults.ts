import { log } from './log.js';

/**
 * The database client throws from its own event handler when an answer comes for an append it has given up before
 * (@eventstore/db-client 6.2.1, batchAppend.js). Each append's own timer has dealt with that one already.
 */
const isLateAnswer = (error: unknown): boolean =>
  error instanceof TypeError && /streams[\\/]appendToStream[\\/]batchAppend\.js/.test(error.stack ?? '');

/** Lives on after the client's known fault; after any other nobody caught, ends the process: state may be wrong. */
export const surviveClientFaults = (): void => {
  const handle = (error: unknown) => {
    if (isLateAnswer(error)) {
      log.warn({ err: error, remedy: 'none needed' }, 'the event store answered an append given up before');
      return;
    }
    log.fatal({ err: error, remedy: 'restart; acknowledged commands are safe' }, 'unexpected fault');
    process.exit(1);
  };
  process.on('uncaughtException', handle);
  process.on('unhandledRejection', handle);
};
