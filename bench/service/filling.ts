import type { EventStoreDBClient } from '@eventstore/db-client';
import { NO_STREAM } from '@eventstore/db-client';
import { say } from './progress.js';
import type { Written } from './written.js';

const IN_FLIGHT = 512;
const TELL_EVERY_MS = 5_000;

export interface Filled {
  readonly events: number;
  /** The position of the newest event. */
  readonly position: bigint;
}

/** Writes straight into the log, hundreds of appends at once. */
export const fill = async (store: EventStoreDBClient, all: Iterable<Written>): Promise<Filled> => {
  const source = all[Symbol.iterator]();
  let [events, position] = [0, 0n];
  const worker = async () => {
    for (let one = source.next(); !one.done; one = source.next()) {
      const { stream, events: wire } = one.value;
      const answer = await store.appendToStream(stream, wire, { expectedRevision: NO_STREAM });
      events += wire.length;
      const reached = answer.position?.commit ?? 0n;
      if (reached > position) position = reached;
    }
  };
  const telling = setInterval(() => say(`… ${events} events written`), TELL_EVERY_MS);
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker)).finally(() => clearInterval(telling));
  return { events, position };
};
