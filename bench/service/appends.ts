import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { NO_STREAM } from '@eventstore/db-client';
import { invitation, invited } from './history.js';
import { CONNECTIONS } from './load.js';
import type { Pace } from './pace.js';
import { paceOfRepeated } from './pace.js';

/** How many appends one invitation makes, one after the other: the place it takes, then what it says (ADR 007). */
export const APPENDS_OF_INVITATION = 2;

/** As much as an invitation writes, under types that no read model follows. */
const wire = invitation('raw', 0, invited(0)).map(({ events }) =>
  events.map((event) => ({ ...event, type: `Raw${event.type}` })),
);

/** What the client and the node alone can do: the same appends with as many in flight, and nothing in between. */
export const rawAppends = (store: EventStoreDBClient, seconds: number): Promise<Pace> => {
  let count = 0;
  return paceOfRepeated(CONNECTIONS, seconds, () => {
    const events = (wire[(count += 1) % wire.length] ?? []).map((event) => ({ ...event, id: randomUUID() }));
    return store.appendToStream(`raw-${randomUUID()}`, events, { expectedRevision: NO_STREAM });
  });
};
