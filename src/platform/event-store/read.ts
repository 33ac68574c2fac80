import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { BACKWARDS, END, START, StreamNotFoundError } from '@eventstore/db-client';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import type { Dated } from '../../kernel/moment.js';
import type { EventSchemas } from '../../kernel/upcasting.js';
import type { EventStoreConnection } from './connection.js';
import { fromWire, fromWireOrFault } from './codec.js';
import { EventStoreUnavailable, isOutcomeUnknown } from './errors.js';
import { within } from './within.js';

/** How long a read may take in all, in milliseconds: the client itself waits for ever. */
export const READ_MS = 4_000;

const collect = async <T>(reading: StreamingRead<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of reading) all.push(one);
  return all;
};

const timed = async <T>(what: string, reading: StreamingRead<T>): Promise<T[]> => {
  try {
    return await within(READ_MS, collect(reading), () => void reading.cancel().catch(() => undefined));
  } catch (error) {
    if (isOutcomeUnknown(error)) throw new EventStoreUnavailable(`read of ${what}`, error);
    throw error;
  }
};

const recordedIn = async (
  connection: EventStoreConnection,
  stream: string,
  after: bigint | null,
): Promise<ResolvedEvent[]> => {
  const fromRevision = after === null ? START : after + 1n;
  try {
    return await timed(stream, connection.current.readStream(stream, { fromRevision }));
  } catch (error) {
    if (error instanceof StreamNotFoundError) return [];
    throw error;
  }
};

/**
 * A stream's events after a revision (null: all of them), oldest first; none when there is no such stream.
 * @throws EventStoreUnavailable, UnknownSchemaVersion
 */
export const readStream = async <E extends DomainEvent>(
  connection: EventStoreConnection,
  schemas: EventSchemas,
  stream: string,
  after: bigint | null,
): Promise<Recorded<E>[]> => {
  const found = await recordedIn(connection, stream, after);
  return found.map(({ event }) => fromWire<E>(event, schemas)).filter((event) => event !== null);
};

/** A stream's events, each with the time at which the store recorded it. @throws EventStoreUnavailable, UnknownSchemaVersion */
export const readDated = async <E extends DomainEvent>(
  connection: EventStoreConnection,
  schemas: EventSchemas,
  stream: string,
): Promise<Dated<E>[]> => {
  const found = await recordedIn(connection, stream, null);
  return found.flatMap(({ event }) => {
    const recorded = fromWire<E>(event, schemas);
    return event && recorded ? [{ ...recorded, recordedAt: event.created.toISOString() }] : [];
  });
};

/** The one event, with its fault if it has one; null when it is not in the log any more. @throws EventStoreUnavailable */
export const readOne = async <E extends DomainEvent>(
  connection: EventStoreConnection,
  schemas: EventSchemas,
  stream: string,
  revision: bigint,
): Promise<Recorded<E> | null> => {
  const options = { fromRevision: revision, maxCount: 1 } as const;
  const found = await timed(stream, connection.current.readStream(stream, options)).catch((error: unknown) => {
    if (error instanceof StreamNotFoundError) return [];
    throw error;
  });
  const event = found[0]?.event;
  return event?.revision === revision ? fromWireOrFault<E>(event, schemas) : null;
};

/** The position of the newest event of the whole log: what a fresh reader has to reach. @throws EventStoreUnavailable */
export const headPosition = async (connection: EventStoreConnection): Promise<bigint> => {
  const options = { direction: BACKWARDS, fromPosition: END, maxCount: 1 } as const;
  const newest: AllStreamResolvedEvent[] = await timed('$all', connection.current.readAll(options));
  return newest[0]?.event?.position?.commit ?? 0n;
};
