import type { RecordedEvent } from '@eventstore/db-client';
import {
  BACKWARDS,
  END,
  NO_STREAM,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@eventstore/db-client';
import type { EventStoreConnection } from './connection.js';
import { READ_MS } from './read.js';
import { within } from './within.js';
import { nameBasedUuid } from '../uuid/name-based-uuid.js';

const CHECKPOINTS = '0f7c1c7e-3a1f-4f4e-8a5c-2a2a4b0c9d77';

/**
 * How far a follower has processed the log, kept in a stream of its own of which only the newest event is read.
 * It may trail: what follows it is processed again, so processing is idempotent.
 */
export class Checkpoint {
  private revision: bigint | null = null;
  private saved: bigint | null = null;

  constructor(
    private readonly connection: EventStoreConnection,
    private readonly follower: string,
  ) {}

  /** The last position processed, null when there is none. */
  async load(): Promise<bigint | null> {
    const newest = await within(READ_MS, this.newest());
    this.revision = newest?.revision ?? null;
    this.saved = newest ? BigInt((newest.data as { position: string }).position) : null;
    return this.saved;
  }

  /** Keeps a position that is further on than the one kept. @throws CommandError when it could not be kept */
  async save(position: bigint): Promise<void> {
    if (this.saved !== null && position <= this.saved) return;
    try {
      if (this.revision === null) await this.keepNewestOnly();
      this.revision = await this.append(position);
      this.saved = position;
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      await this.load();
    }
  }

  private async keepNewestOnly(): Promise<void> {
    const { metadata } = await within(READ_MS, this.connection.current.getStreamMetadata(this.stream));
    if (metadata?.maxCount === 1) return;
    await within(READ_MS, this.connection.current.setStreamMetadata(this.stream, { maxCount: 1 }));
  }

  private async append(position: bigint): Promise<bigint> {
    const id = nameBasedUuid(`${this.follower}/${position}`, CHECKPOINTS);
    const event = jsonEvent({ id, type: 'FollowerCheckpointed', data: { position: position.toString() } });
    const expectedRevision = this.revision ?? NO_STREAM;
    const call = this.connection.current.appendToStream(this.stream, event, { expectedRevision });
    return (await within(READ_MS, call)).nextExpectedRevision;
  }

  private get stream(): string {
    return `checkpoint-${this.follower}`;
  }

  /** Reads to the end, though there is but one: a client does not get rid of a reading that was left off. */
  private async newest() {
    let newest: RecordedEvent | undefined;
    try {
      const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
      for await (const { event } of this.connection.current.readStream(this.stream, options)) newest = event;
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return newest;
  }
}
