import type { EventStoreDBClient } from '@eventstore/db-client';
import { NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { EventStoreConnection } from './connection.js';
import type { NewEvent } from './codec.js';
import { toWire } from './codec.js';
import { EventStoreUnavailable, NoAnswerInTime, RevisionConflict, isClientSpoilt, isOutcomeUnknown } from './errors.js';
import { pause, within } from './within.js';

/** How long one attempt may take, and all of them together, in milliseconds. */
export const APPEND_ATTEMPT_MS = 2_000;
export const APPEND_TOTAL_MS = 4_000;
const FIRST_PAUSE_MS = 50;

export interface Appended {
  /** The revision of the last event. */
  readonly revision: bigint;
  /** The position of the last event; null when the server no longer knows it. */
  readonly position: bigint | null;
}

/**
 * Appends exactly once: `expected` is the revision the stream was read at (null: no stream), and a repetition after an
 * unclear outcome carries the same ids and the same expectation.
 * @throws RevisionConflict when the stream has moved on; EventStoreUnavailable when no answer came in time
 */
export const append = async (
  connection: EventStoreConnection,
  stream: string,
  events: readonly NewEvent[],
  expected: bigint | null,
): Promise<Appended> => {
  const wire = events.map(toWire);
  const deadline = Date.now() + APPEND_TOTAL_MS;
  for (let wait = FIRST_PAUSE_MS; ; wait *= 2) {
    const client = connection.beginAppend();
    try {
      const call = client.appendToStream(stream, wire, { expectedRevision: expected ?? NO_STREAM });
      const { nextExpectedRevision, position } = await within(timeFor(deadline), call);
      return { revision: nextExpectedRevision, position: position?.commit ?? null };
    } catch (error) {
      const unclear = orElseThrow(error, stream);
      if (unclear === 'client-spoilt') connection.replace(client, error);
      if (Date.now() + wait < deadline) await pause(wait);
      else throw giveUp(connection, client, stream, error);
    } finally {
      connection.endAppend();
    }
  }
};

/** A client of which nothing is heard may be deaf for good, so the next append gets another. */
const giveUp = (connection: EventStoreConnection, client: EventStoreDBClient, stream: string, cause: unknown) => {
  if (cause instanceof NoAnswerInTime) connection.replace(client, cause);
  return new EventStoreUnavailable(`append to ${stream}`, cause);
};

/** Of one attempt, in milliseconds, when all of them together end at `deadline`. */
const timeFor = (deadline: number): number => Math.max(1, Math.min(APPEND_ATTEMPT_MS, deadline - Date.now()));

/** Throws what is a clear answer; says of the rest why its outcome is unknown. */
const orElseThrow = (error: unknown, stream: string): 'client-spoilt' | 'no-clear-answer' => {
  if (error instanceof WrongExpectedVersionError) throw new RevisionConflict(stream);
  if (isClientSpoilt(error)) return 'client-spoilt';
  if (isOutcomeUnknown(error)) return 'no-clear-answer';
  throw error;
};
