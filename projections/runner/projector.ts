import type { BuildFailure } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { BuildGone, ReadModelUnavailable } from '../../src/platform/redis/errors.js';
import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import { readCheckpoint, readFields, takeStep } from '../../src/platform/redis/read-model.writer.js';
import { log } from '../../src/platform/telemetry/log.js';
import type { ReadModel } from '../kernel/changes.js';
import type { ReadDocuments } from '../kernel/documents.js';
import type { Fact } from '../kernel/event-types.js';
import { toWrites } from './writes.js';

/** How long a shard that a batch does not concern may trail, in milliseconds: its steps are worth saving. */
export const TRAIL_MS = 50;

const REMEDY = 'deploy a version whose projection can take the event, then restart';

const later = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other > one) ? other : one;

/** The stored shard stands before what was fed already: the log must be read again from its checkpoint. */
export class LeftBehind extends Error {
  override readonly name = 'LeftBehind';
}

/** A batch as one shard sees it: the events that concern it, and where the batch ends. */
export interface ShardBatch {
  readonly facts: readonly Fact[];
  readonly position: bigint | null;
  /** There is nothing more in the log for now. */
  readonly atEnd: boolean;
}

/**
 * Applies batches to one shard of one build of a read model. Any number of them may do so at once: each step rests on
 * the checkpoint it was computed from, and whoever comes second goes on from what the first has done.
 */
export class Projector {
  /** How far the stored shard has looked at the log; null while that is not known, or nothing. */
  position: bigint | null = null;
  /** Its function failed on an event: it is not fed any more. */
  halted = false;
  /** A batch ended further on than the shard stands, with nothing in it that concerns it. */
  trails = false;
  /** The stored shard has been at the log's end, hence whole, since it was taken up. */
  isWhole = false;
  private steppedAt = 0;
  private readonly read: ReadDocuments;

  constructor(
    readonly model: ReadModel,
    readonly keys: Keyspace,
    private readonly redis: ReadModelRedis,
    private readonly onHalt: (failure: BuildFailure) => Promise<void> = async () => undefined,
  ) {
    this.read = (wanted) =>
      readFields(
        redis,
        wanted.map(({ group, id }) => ({ key: keys.documents(group), field: id })),
      );
  }

  /** Takes up where the stored shard stands. */
  async load(): Promise<void> {
    try {
      this.position = await readCheckpoint(this.redis, this.keys);
    } catch (error) {
      if (!(error instanceof BuildGone)) throw error;
      this.halted = true;
    }
  }

  /**
   * Brings the stored shard to where the batch ends. An empty batch shows whether it still stands where it was left. A
   * shard whose function fails stays where it is, stale but never wrong, while the others go on.
   * @throws LeftBehind when it has fallen back, or everything is gone; ReadModelUnavailable when Redis does not answer
   */
  async apply(batch: ShardBatch): Promise<void> {
    if (this.halted) return;
    this.trails = batch.facts.length === 0 && Date.now() - this.steppedAt < TRAIL_MS;
    if (this.trails) return;
    try {
      while (!(await this.advance(batch)));
      this.steppedAt = Date.now();
    } catch (error) {
      if (error instanceof LeftBehind || error instanceof ReadModelUnavailable) throw error;
      this.halted = true;
      if (!(error instanceof BuildGone)) await this.report(error, batch.facts);
    }
  }

  /** Names the event that cannot be taken, for whoever looks at the log, and at the build. */
  private async report(error: unknown, facts: readonly Fact[]): Promise<void> {
    const { model, build, shard } = this.keys;
    const fact = await this.firstRefused(facts.filter(({ position }) => position > (this.position ?? -1n)));
    const reason = error instanceof Error ? error.message : String(error);
    const where = { stream: fact?.stream ?? '', position: `${fact?.position}`, eventId: fact?.id ?? '' };
    log.error({ err: error, readModel: model, build, shard, ...where, remedy: REMEDY }, 'read model halted');
    await this.onHalt({ shard, reason, ...where }).catch(() => undefined);
  }

  /** The first event that the function fails on: half of the rest is tried at a time. */
  private async firstRefused(facts: readonly Fact[]): Promise<Fact | undefined> {
    const takes = (upTo: number) =>
      this.model.changes(this.keys.shard, facts.slice(0, upTo), this.read).then(
        () => true,
        () => false,
      );
    let [good, bad] = [0, facts.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (await takes(middle)) good = middle;
      else bad = middle;
    }
    return facts[good];
  }

  /** One step; false when another was faster, and what it did has to be left out first. */
  private async advance({ facts, position, atEnd }: ShardBatch): Promise<boolean> {
    const from = this.position;
    const to = later(from, position);
    const ahead = facts.filter((fact) => from === null || fact.position > from);
    const changes = await this.model.changes(this.keys.shard, ahead, this.read);
    const { taken, found } = await takeStep(this.redis, this.keys, {
      from,
      to,
      atEnd,
      writes: toWrites(this.keys, changes),
    });
    if (!taken && (found === null || (from !== null && found < from)))
      throw new LeftBehind(`${this.keys.checkpoint} no longer stands where it was left.`);
    this.position = taken ? to : found;
    if (taken && atEnd) this.isWhole = true;
    return taken;
  }
}
