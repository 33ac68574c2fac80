import { Duplex } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';
import { log } from '../telemetry/log.js';
import { within } from './within.js';

const DISPOSE_MS = 1_000;
/** Longer than any call may take: to dispose of a client ends its reads as if there were nothing more to read. */
const RETIREMENT_MS = 5_000;

/** Holds the one client of this process, and replaces it when it is spoilt. */
export class EventStoreConnection {
  private client: EventStoreDBClient;

  constructor(
    private readonly url: string,
    private readonly retirementMs = RETIREMENT_MS,
  ) {
    this.client = EventStoreDBClient.connectionString(url);
  }

  get current(): EventStoreDBClient {
    return this.client;
  }

  /** Makes a new client and lets `spoilt` end what it has begun, unless somebody else has done so already. */
  replace(spoilt: EventStoreDBClient, cause: unknown): void {
    if (this.client !== spoilt) return;
    log.warn({ err: cause, remedy: 'none needed unless it repeats' }, 'event store client replaced');
    this.client = EventStoreDBClient.connectionString(this.url);
    breakUnheard(spoilt);
    setTimeout(() => void dispose(spoilt), this.retirementMs).unref();
  }

  async close(): Promise<void> {
    await dispose(this.client);
  }
}

const dispose = async (client: EventStoreDBClient): Promise<void> => {
  breakUnheard(client);
  await within(DISPOSE_MS, client.dispose()).catch(() => undefined);
};

/**
 * When one append stream breaks, the client rejects the appends of every client in the process, trips over their late
 * answers and is deaf from then on (@eventstore/db-client 6.2.1, batchAppend.js). Each append has its own timer here.
 */
const breakUnheard = (client: EventStoreDBClient): void => {
  for (const stream of client['disposableStreams'] as Set<unknown>)
    if (stream instanceof Duplex) stream.removeAllListeners('error').on('error', () => undefined);
};
