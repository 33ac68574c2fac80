import type { EventStoreDBClient } from '@eventstore/db-client';
import { NO_STREAM, jsonEvent } from '@eventstore/db-client';
import type { Logged } from './fold.js';

/** Writes these events as they are, ids and metadata included, into streams that do not exist yet. */
export const replay = async (log: readonly Logged[], store: EventStoreDBClient): Promise<void> => {
  for (const stream of new Set(log.map((event) => event.stream))) {
    const events = log.filter((event) => event.stream === stream);
    const wire = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data, metadata: metadata as never }),
    );
    await store.appendToStream(stream, wire, { expectedRevision: NO_STREAM });
  }
};
