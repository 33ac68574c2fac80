import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Logged } from './fold.js';

/** Every event of the domain, in log order. What carries no command's id is not of the domain. */
export const readLog = async (client: EventStoreDBClient): Promise<Logged[]> => {
  const log: Logged[] = [];
  for await (const { event } of client.readAll()) {
    const metadata = event?.metadata as Logged['metadata'] | undefined;
    if (!event?.isJson || metadata?.commandId === undefined) continue;
    const { id, streamId: stream, revision, type } = event;
    const position = event.position?.commit ?? 0n;
    log.push({ id, stream, revision, position, type, data: event.data as Logged['data'], metadata });
  }
  return log;
};
