import { EventStoreDBClient, convertToCommandError } from '@eventstore/db-client';
import { isClientSpoilt } from '../../../platform/event-store/errors.js';
import { within } from '../../../platform/event-store/within.js';
import { Refusal } from '../refusal.js';
import { Patience } from './patience.js';

/** How long a node may give no clear answer, in milliseconds: while it is first asked, and from then on. */
const FIRST_PATIENCE_MS = 3_000;
const PATIENCE_MS = 60_000;
const DISPOSE_MS = 1_000;

/** The way to a node. Calls go to the leader, because followers trail; what has no clear outcome is repeated exactly. */
export class NodeConnection {
  private client: EventStoreDBClient;
  private answered = false;

  /**
   * @param name what messages call the node
   * @throws Refusal when the URL is none
   */
  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {
    this.client = connect(url, name);
  }

  get current(): EventStoreDBClient {
    return this.client;
  }

  /** What each call is sent with: to the leader, for ten seconds at most. */
  callArguments() {
    return this.client['callArguments']({ requiresLeader: true });
  }

  /** Carries out a call, again and again while the node gives no clear answer. @throws its clear answer */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    const patience = this.patience();
    for (;;) {
      try {
        const result = await work();
        this.answered = true;
        return result;
      } catch (error) {
        await this.endure(patience, error);
      }
    }
  }

  patience(): Patience {
    const ms = this.answered ? PATIENCE_MS : FIRST_PATIENCE_MS;
    const complain = ({ message }: Error) =>
      process.stderr.write(`The ${this.name} gives no answer (${message}): trying for ${ms / 1_000} s.\n`);
    return new Patience(ms, complain);
  }

  /** Waits before the next try, with another client when this one is spoilt. @throws the error when it is final */
  async endure(patience: Patience, raw: unknown): Promise<void> {
    const error = isServiceError(raw) ? convertToCommandError(raw) : raw;
    await patience.endure(error);
    if (!isClientSpoilt(error)) return;
    const spoilt = this.client;
    this.client = connect(this.url, this.name);
    await dispose(spoilt);
  }

  async close(): Promise<void> {
    await dispose(this.client);
  }
}

/** A read that nobody goes on with never ends, and disposal waits for it. */
const dispose = (client: EventStoreDBClient): Promise<void> =>
  within(DISPOSE_MS, client.dispose()).catch(() => undefined);

/** What gRPC itself throws; the client's own errors have a type. */
const isServiceError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && 'metadata' in error && !('type' in error);

function connect(url: string, name: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    throw new Refusal(`The ${name}'s URL is none that the client knows (${(error as Error).message}): ${url}`);
  }
}
