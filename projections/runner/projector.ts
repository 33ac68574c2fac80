import { BehaviorSubject } from 'rxjs';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { ReadModelUnavailable } from '../../src/platform/redis/errors.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { readCheckpoint, readFields, takeStep } from '../../src/platform/redis/read-model.writer.js';
import { log } from '../../src/platform/telemetry/log.js';
import type { ReadModel } from '../kernel/changes.js';
import type { ReadDocuments } from '../kernel/documents.js';
import type { Batch } from './inbox.js';
import { toWrites } from './writes.js';

const later = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other > one) ? other : one;

/** The stored model stands before what was fed already: the log must be read again from its checkpoint. */
export class LeftBehind extends Error {
  override readonly name = 'LeftBehind';
}

/**
 * Applies batches to one stored read model. Any number of them may do so at once: each step rests on the checkpoint it
 * was computed from, and whoever comes second goes on from what the first has done.
 */
export class Projector {
  /** How far the stored model has looked at the log; null while that is not known, or nothing. */
  readonly position = new BehaviorSubject<bigint | null>(null);
  /** Its function failed on an event: it is not fed any more. */
  halted = false;
  /** When the last step was taken, in milliseconds since 1970. */
  steppedAt = Date.now();
  private whole = false;
  private readonly keys: Keyspace;
  private readonly read: ReadDocuments;

  constructor(
    readonly model: ReadModel,
    private readonly redis: ReadModelRedis,
  ) {
    this.keys = new Keyspace(model.name, model.version);
    this.read = (wanted) =>
      readFields(
        redis,
        wanted.map(({ group, id }) => ({ key: this.keys.documents(group), field: id })),
      );
  }

  /** Takes up where the stored model stands. */
  async load(): Promise<bigint | null> {
    this.whole = false;
    this.position.next(await readCheckpoint(this.redis, this.keys));
    return this.position.value;
  }

  /**
   * Brings the stored model to where the batch ends. An empty batch shows whether it still stands where it was left. A
   * model whose function fails stays where it is, stale but never wrong, while the others go on.
   * @throws LeftBehind when it has fallen back, or everything is gone; ReadModelUnavailable when Redis does not answer
   */
  async apply(batch: Batch): Promise<void> {
    if (this.halted) return;
    this.whole ||= batch.caughtUp;
    try {
      while (!(await this.advance(batch)));
      this.steppedAt = Date.now();
    } catch (error) {
      if (error instanceof LeftBehind || error instanceof ReadModelUnavailable) throw error;
      this.halted = true;
      const remedy = 'deploy a version whose projection can take the events after this position, then restart';
      const { name } = this.model;
      log.error({ err: error, readModel: name, position: `${this.position.value}`, remedy }, 'read model halted');
    }
  }

  /** One step; false when another was faster, and what it did has to be left out first. */
  private async advance({ facts, position }: Batch): Promise<boolean> {
    const from = this.position.value;
    const to = later(from, position);
    const ahead = facts.filter((fact) => from === null || fact.position > from);
    const changes = await this.model.changes(ahead, this.read);
    const writes = toWrites(this.keys, changes);
    const { taken, found } = await takeStep(this.redis, this.keys, { from, to, live: this.whole, writes });
    if (!taken && (found === null || (from !== null && found < from)))
      throw new LeftBehind(`${this.model.name} no longer stands where it was left.`);
    const reached = taken ? to : found;
    if (reached !== from) this.position.next(reached);
    return taken;
  }
}
