import {
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  UnknownError,
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

const UNCLEAR = [
  ...[UnavailableError, DeadlineExceededError, CancelledError, NotLeaderError, TimeoutError, UnknownError],
  NoAnswerInTime,
];
/** gRPC's codes for a call that was refused: INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED. */
const REFUSED: readonly unknown[] = [3, 7, 12];
const UNAVAILABLE = 14;

/** Some errors are handed on by the client as gRPC gave them. */
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Whether the call may or may not have taken effect, so that only an exact repetition is safe. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  isClientSpoilt(error) ||
  codeOf(error) === UNAVAILABLE ||
  (UNCLEAR.some((kind) => error instanceof kind) && !REFUSED.includes(codeOf(error)));

/** Whether the client is spoilt for good: a failed discovery is cached and fails every later append. */
export const isClientSpoilt = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof NoAnswerInTime) &&
  !isCommandError(error) &&
  codeOf(error) !== UNAVAILABLE;
