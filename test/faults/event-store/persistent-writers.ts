import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { binaryEvent, type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';

const EVENT_BYTES = 60_000;
const PAUSE_MS = 20;
/** Credentials make the client use Append, and without any it uses BatchAppend. */
const CALLS = [{}, { credentials: { username: 'any', password: 'any' } }];

/** An append that was answered with an error. */
export interface Refusal {
  readonly error: Error;
  readonly afterMs: number;
}

/** Writers of a stream each, who repeat what fails, with the same id and revision, until it is acknowledged. */
export class PersistentWriters {
  /** What was acknowledged, by stream: the ids in the order they were sent. */
  readonly acknowledged = new Map<string, string[]>();
  readonly refusals: Refusal[] = [];
  private readonly writing: Promise<void[]>;
  private finishing = false;
  private abandoned = false;

  constructor(
    private readonly client: EventStoreDBClient,
    count: number,
  ) {
    for (let i = 0; i < count; i++) this.acknowledged.set(`writer-${i}`, []);
    this.writing = Promise.all([...this.acknowledged].map(([stream, ids], i) => this.write(stream, ids, i)));
  }

  get count(): number {
    return [...this.acknowledged.values()].reduce((sum, ids) => sum + ids.length, 0);
  }

  /** Lets each writer finish the append it is at. */
  async finish(): Promise<void> {
    this.finishing = true;
    await this.writing;
  }

  /** Lets nothing be repeated any more. */
  abandon(): void {
    this.finishing = this.abandoned = true;
  }

  private async write(stream: string, ids: string[], index: number): Promise<void> {
    const using = CALLS[index % CALLS.length];
    while (!this.finishing) {
      const event = binaryEvent({ id: randomUUID(), type: 'Weighty', data: Buffer.alloc(EVENT_BYTES, 'x') });
      const expectedRevision = ids.length === 0 ? NO_STREAM : BigInt(ids.length - 1);
      const append = () => this.client.appendToStream(stream, event, { expectedRevision, ...using });
      if (await this.insist(append)) ids.push(event.id);
    }
  }

  private async insist(append: () => Promise<unknown>): Promise<boolean> {
    while (!this.abandoned) {
      if (await this.attempt(append)) return true;
      await sleep(PAUSE_MS);
    }
    return false;
  }

  private async attempt(append: () => Promise<unknown>): Promise<boolean> {
    const from = Date.now();
    return append().then(
      () => true,
      (error: Error) => {
        this.refusals.push({ error, afterMs: Date.now() - from });
        return false;
      },
    );
  }
}
