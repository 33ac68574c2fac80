import { Duplex } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';
import { log } from '../telemetry/log.js';
import { within } from './within.js';

const DISPOSE_MS = 1_000;
/** Longer than any call may take: to dispose of a client ends its reads as if there were nothing more to read. */
const RETIREMENT_MS = 5_000;
/** How many clients append, at most. */
const MOST_LANES = 16;

/**
 * Holds this process's clients, and replaces them when one is spoilt. A client hands the next append to its connection
 * when the one before has left, so that each costs a turn of the event loop and a packet. Under load several clients
 * append in turns: clients of one address share a connection, and what they hand over in one turn leaves together.
 */
export class EventStoreConnection {
  private clients: EventStoreDBClient[];
  private appending = 0;
  private lane = 0;

  constructor(
    private readonly url: string,
    private readonly retirementMs = RETIREMENT_MS,
  ) {
    this.clients = [this.connect()];
  }

  /** The client for everything but appends under load. */
  get current(): EventStoreDBClient {
    return (this.clients[0] ??= this.connect());
  }

  /** The client for one append, to be followed by `endAppend`: no more clients take turns than there are appends. */
  beginAppend(): EventStoreDBClient {
    this.appending += 1;
    this.lane = (this.lane + 1) % Math.min(this.appending, MOST_LANES);
    return (this.clients[this.lane] ??= this.connect());
  }

  endAppend(): void {
    this.appending -= 1;
  }

  /** Makes new clients and lets the present ones end what they have begun, unless somebody else has done so already. */
  replace(spoilt: EventStoreDBClient, cause: unknown): void {
    if (!this.clients.includes(spoilt)) return;
    log.warn({ err: cause, remedy: 'none needed unless it repeats' }, 'event store client replaced');
    const retired = this.clients.filter(Boolean);
    this.clients = [];
    retired.forEach(breakUnheard);
    setTimeout(() => void disposeAll(retired), this.retirementMs).unref();
  }

  async close(): Promise<void> {
    await disposeAll(this.clients.filter(Boolean));
  }

  private connect(): EventStoreDBClient {
    return EventStoreDBClient.connectionString(this.url);
  }
}

const disposeAll = (clients: readonly EventStoreDBClient[]) => Promise.all(clients.map(dispose));

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
