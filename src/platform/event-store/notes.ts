import { ANY, StreamNotFoundError, jsonEvent } from '@eventstore/db-client';
import type { EventStoreConnection } from './connection.js';
import { EventStoreUnavailable, isOutcomeUnknown } from './errors.js';
import { READ_MS } from './read.js';
import { within } from './within.js';
import { nameBasedUuid } from '../uuid/name-based-uuid.js';

const NOTES = 'b3f0a5f2-6d0b-4f39-9d5e-0a4f7f6f3f55';

/** What those who operate the service put on record, one kind to a stream: in the log, but no part of the domain. */
export class Notes<Data extends object> {
  constructor(
    private readonly connection: EventStoreConnection,
    private readonly stream: string,
    private readonly type: string,
  ) {}

  /** Puts it on record, once for each subject. @throws EventStoreUnavailable when the outcome is not known: repeat it */
  async add(subject: string, data: Data): Promise<void> {
    const event = jsonEvent({
      id: nameBasedUuid(`${this.stream}/${subject}`, NOTES),
      type: this.type,
      data: data as never,
    });
    await this.answered(this.connection.current.appendToStream(this.stream, event, { expectedRevision: ANY }));
  }

  /** Everything on record, oldest first. @throws EventStoreUnavailable */
  async all(): Promise<Data[]> {
    return this.answered(this.read());
  }

  private async read(): Promise<Data[]> {
    const all: Data[] = [];
    try {
      for await (const { event } of this.connection.current.readStream(this.stream))
        if (event?.type === this.type) all.push(event.data as unknown as Data);
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return all;
  }

  private async answered<T>(call: Promise<T>): Promise<T> {
    try {
      return await within(READ_MS, call);
    } catch (error) {
      if (isOutcomeUnknown(error)) throw new EventStoreUnavailable(this.stream, error);
      throw error;
    }
  }
}
