import { EventStoreDBClient } from '@eventstore/db-client';
import { log } from '../telemetry/log.js';
import { within } from './within.js';

const DISPOSE_MS = 1_000;

/** Holds the one client of this process, and replaces it when it is spoilt. */
export class EventStoreConnection {
  private client: EventStoreDBClient;

  constructor(private readonly url: string) {
    this.client = EventStoreDBClient.connectionString(url);
  }

  get current(): EventStoreDBClient {
    return this.client;
  }

  /** Throws `spoilt` away and makes a new client, unless somebody else has done so already. */
  replace(spoilt: EventStoreDBClient, cause: unknown): void {
    if (this.client !== spoilt) return;
    log.warn({ err: cause, remedy: 'none needed unless it repeats' }, 'event store client replaced');
    this.client = EventStoreDBClient.connectionString(this.url);
    void within(DISPOSE_MS, spoilt.dispose()).catch(() => undefined);
  }

  async close(): Promise<void> {
    await within(DISPOSE_MS, this.client.dispose()).catch(() => undefined);
  }
}
