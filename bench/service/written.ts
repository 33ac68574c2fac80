import { randomUUID } from 'node:crypto';
import type { EventData } from '@eventstore/db-client';
import { jsonEvent } from '@eventstore/db-client';
import { EVENT_SCHEMAS } from '../../src/catalogue/catalogue.js';
import type { Actor } from '../../src/kernel/actor.js';
import type { DomainEvent } from '../../src/kernel/event.js';

/** Events for one stream, to be written together. */
export interface Written {
  readonly stream: string;
  readonly events: EventData[];
}

const FINGERPRINT = `test:${'0123456789abcdef'.repeat(4)}`;

/** Events as the service writes them, of one command of this actor's. */
export const written = (stream: string, actor: Actor, events: readonly DomainEvent[]): Written => {
  const commandId = randomUUID();
  const ids = { commandId, correlationId: randomUUID(), causationId: commandId };
  return {
    stream,
    events: events.map(({ type, data }) => {
      const schemaVersion = EVENT_SCHEMAS.versionOf(type);
      const metadata = { actor, ...ids, fingerprint: FINGERPRINT, schemaVersion };
      return jsonEvent({ id: randomUUID(), type, data: data as never, metadata: metadata as never });
    }),
  };
};
