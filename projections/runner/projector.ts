import type { BuildFailure } from '../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { BuildGone, ReadModelUnavailable } from '../../src/platform/redis/errors.js';
import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import { lettersRevision } from '../../src/platform/redis/letters.js';
import type { Taken } from '../../src/platform/redis/read-model.writer.js';
import { readCheckpoint, readFields, takeStep } from '../../src/platform/redis/read-model.writer.js';
import type { ReadModel } from '../kernel/changes.js';
import type { ReadDocuments } from '../kernel/documents.js';
import type { Fact } from '../kernel/event-types.js';
import type { Parked, Sorted } from '../kernel/parking.js';
import { sortOut } from '../kernel/parking.js';
import type { Foreseen } from './foresight.js';
import { Foresight } from './foresight.js';
import type { Letters } from './letters.js';
import { LETTERS_LIMIT, NO_LETTERS, keeping, letterFor, lettersOf } from './letters.js';
import { tellHalted, tellParked, whyHalted } from './remarks.js';
import { toWrites } from './writes.js';

/** How long a shard that a batch does not concern may trail, in milliseconds: its steps are worth saving. */
export const TRAIL_MS = 100;
/** How often, in milliseconds, a shard that stands still looks whether there is room again. */
const LOOK_MS = 1_000;

const later = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other > one) ? other : one;

/** The stored shard does not stand where it was left: the log must be read again from its checkpoint. */
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

/** How a projector goes about events that it cannot take. */
export interface Conduct {
  /** How many it puts aside before it stops: none where a build is not read yet. */
  readonly limit: number;
  readonly onHalt: (failure: BuildFailure) => Promise<void>;
}

const PARKING: Conduct = { limit: LETTERS_LIMIT, onHalt: async () => undefined };

/** Documents of a shard. @throws ReadModelUnavailable */
export const documentsOf =
  (redis: ReadModelRedis, keys: Keyspace): ReadDocuments =>
  (wanted) =>
    readFields(
      redis,
      wanted.map(({ group, id }) => ({ key: keys.documents(group), field: id })),
    );

export const isOutage = (error: unknown): boolean => error instanceof ReadModelUnavailable;

/**
 * Applies batches to one shard of one build of a read model. Any number of them may do so at once: each step rests on
 * the checkpoint and the letters it was computed from, and whoever comes second goes on from what the first has done.
 */
export class Projector {
  /** How far the stored shard has looked at the log; null while that is not known, or nothing. */
  position: bigint | null = null;
  /** It met an event that it can neither take nor put aside, or its build is gone: it is not fed. */
  halted = false;
  /** A batch ended further on than the shard stands, with nothing in it that concerns it. */
  trails = false;
  /** The stored shard has been at the log's end, hence whole, since it was taken up. */
  isWhole = false;
  private steppedAt = 0;
  private letters: Letters = NO_LETTERS;
  private skipped: ReadonlySet<string> = new Set();
  private turn: Promise<void> = Promise.resolve();
  private readonly stored: ReadDocuments;
  private foresight: Foresight;

  constructor(
    readonly model: ReadModel,
    readonly keys: Keyspace,
    private readonly redis: ReadModelRedis,
    private readonly conduct: Conduct = PARKING,
  ) {
    this.stored = documentsOf(redis, keys);
    this.foresight = new Foresight(this.stored);
  }

  /** Takes up where the stored shard stands; `skipped` are the positions of events that are left out. */
  async load(skipped: ReadonlySet<string> = new Set()): Promise<void> {
    this.skipped = skipped;
    this.isWhole = false;
    this.turn = Promise.resolve();
    this.foresight = new Foresight(this.stored);
    try {
      [this.position, this.letters] = await Promise.all([
        readCheckpoint(this.redis, this.keys),
        lettersOf(this.redis, this.keys),
      ]);
      this.halted = this.halted && this.letters.all.length >= this.conduct.limit;
    } catch (error) {
      if (!(error instanceof BuildGone)) throw error;
      this.halted = true;
    }
  }

  /**
   * Brings the stored shard to where the batch ends. An empty batch shows whether it still stands where it was left. An
   * event that the function fails on is put aside; where there is no room for it, the shard stays before it, stale but
   * never wrong, while the others go on. Batches may be handed over before the one before is done: what they change is
   * worked out meanwhile, but they take turns in writing it, and once one has failed none is tried until the shard is
   * taken up again, so that nothing is passed over.
   * @throws LeftBehind when it has fallen back, or everything is gone; ReadModelUnavailable when Redis does not answer
   */
  apply(batch: ShardBatch): Promise<void> {
    const foreseen = this.halted ? null : this.foresee(batch.facts);
    const { foresight } = this;
    this.turn = this.turn.then(() => this.applyNext(batch, foreseen)).finally(() => foresight.end(foreseen));
    return this.turn;
  }

  private foresee(facts: readonly Fact[]): Promise<Foreseen | null> | null {
    const ahead = this.ahead(facts);
    return ahead.length === 0 ? null : this.foresight.foresee(ahead, (read) => this.sortOut(ahead, read));
  }

  private async applyNext(batch: ShardBatch, foreseen: Promise<Foreseen | null> | null): Promise<void> {
    if (this.halted) return this.lookForRoom();
    this.trails = this.mayTrail(batch) && Date.now() - this.steppedAt < TRAIL_MS;
    if (this.trails) return;
    try {
      for (let first = true; !(await this.advance(batch, first ? foreseen : null)); first = false);
      this.steppedAt = Date.now();
    } catch (error) {
      if (!(error instanceof BuildGone)) throw error;
      this.halted = true;
    }
  }

  /** A shard that is to be whole with this batch does not keep queries waiting. */
  private mayTrail({ facts, atEnd }: ShardBatch): boolean {
    return facts.length === 0 && (this.isWhole || !atEnd);
  }

  /** Once letters are settled there is room again. */
  private async lookForRoom(): Promise<void> {
    if (this.letters.all.length === 0 || Date.now() - this.steppedAt < LOOK_MS) return;
    this.steppedAt = Date.now();
    if ((await lettersRevision(this.redis, this.keys)) === this.letters.revision) return;
    throw new LeftBehind(`${this.keys.letters} have been seen to.`);
  }

  /** Those that the stored shard has not seen yet. */
  private ahead(facts: readonly Fact[]): readonly Fact[] {
    const { position } = this;
    const [first] = facts;
    if (position === null || (first !== undefined && first.position > position)) return facts;
    return facts.filter((fact) => fact.position > position);
  }

  /** One step; false when another was faster, and what it did has to be left out first. */
  private async advance(batch: ShardBatch, foreseen: Promise<Foreseen | null> | null): Promise<boolean> {
    const from = this.position;
    const ahead = this.ahead(batch.facts);
    const expected = await foreseen;
    const holds = expected !== null && this.foresight.holds(expected, from);
    const sorted = holds ? expected.sorted : await this.sortOut(ahead, this.stored);
    const { overflow } = sorted;
    const reached = overflow ? lastBefore(overflow, ahead) : batch.position;
    const step = await this.take(sorted, { from, to: later(from, reached), atEnd: batch.atEnd && !overflow });
    if (step.taken && overflow) await this.halt(overflow);
    return step.taken;
  }

  private sortOut(ahead: readonly Fact[], read: ReadDocuments): Promise<Sorted> {
    const { model, keys, conduct, skipped } = this;
    const letters = this.letters.all;
    const room = conduct.limit - letters.length;
    const facts = skipped.size === 0 ? ahead : ahead.filter((fact) => !skipped.has(fact.position.toString()));
    return sortOut({ model, shard: keys.shard, read, letters, room, isOutage }, facts);
  }

  private async take({ changes, parked }: Sorted, ends: { from: bigint | null; to: bigint | null; atEnd: boolean }) {
    const at = new Date().toISOString();
    const added = parked.map((one) => letterFor(one, at));
    if (added.length > 0) this.foresight.reset();
    const step = await takeStep(this.redis, this.keys, {
      ...ends,
      writes: [...toWrites(this.keys, changes), ...keeping(this.keys, added)],
      letters: { revision: this.letters.revision, change: added.length > 0 },
    });
    if (step.taken) this.letters = { revision: step.revision, all: [...this.letters.all, ...added] };
    if (step.taken && ends.atEnd) this.isWhole = true;
    if (step.taken) tellParked(this.keys, parked);
    else await this.yieldTo(step, ends.from);
    this.position = step.taken ? ends.to : step.found;
    return step;
  }

  /** Another was faster. @throws LeftBehind when the stored shard stands further back than it was left */
  private async yieldTo({ found, revision }: Taken, from: bigint | null): Promise<void> {
    this.foresight.reset();
    if (from !== null && (found === null || found < from))
      throw new LeftBehind(`${this.keys.checkpoint} no longer stands where it was left.`);
    if (revision !== this.letters.revision) this.letters = await lettersOf(this.redis, this.keys);
  }

  /** Names the event, for whoever looks at the log, and at the build. */
  private async halt(overflow: Parked): Promise<void> {
    const { fact } = overflow;
    this.halted = true;
    this.steppedAt = Date.now();
    const reason = whyHalted(overflow, this.letters.all);
    tellHalted(this.keys, overflow, reason);
    const where = { stream: fact.stream, position: fact.position.toString(), eventId: fact.id };
    await this.conduct.onHalt({ shard: this.keys.shard, reason, ...where }).catch(() => undefined);
  }
}

/** Everything that concerns the shard up to the event before this one. */
const lastBefore = ({ fact }: Parked, facts: readonly Fact[]): bigint | null =>
  facts[facts.indexOf(fact) - 1]?.position ?? null;
