import {
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  isCommandError,
} from '@eventstore/db-client';

/** The stream has moved on since it was read. Nothing was appended. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(readonly stream: string) {
    super(`${stream} is no longer at the expected revision.`);
  }
}

/** The event store gave no usable answer in time. An append's outcome is then unknown: repeat it exactly. */
export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
  constructor(what: string, cause: unknown) {
    super(
      `The event store did not answer in time: ${what} (${cause instanceof Error ? cause.message : 'no answer'}).`,
      {
        cause,
      },
    );
  }
}

/** This side's own timer fired: neither the client nor the server says anything when a node is frozen. */
export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

const UNCLEAR = [UnavailableError, DeadlineExceededError, CancelledError, NotLeaderError, TimeoutError, NoAnswerInTime];
const UNCLEAR_TEXT = /Server Is (Not Ready|Busy)/;

/** Whether the call may or may not have taken effect, so that only an exact repetition is safe. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  UNCLEAR.some((kind) => error instanceof kind) || (error instanceof Error && UNCLEAR_TEXT.test(error.message));

/** Whether the client is spoilt for good: a failed discovery is cached and fails every later append. */
export const isClientSpoilt = (error: unknown): boolean =>
  !(error instanceof NoAnswerInTime) && !(error instanceof Error && isCommandError(error));
