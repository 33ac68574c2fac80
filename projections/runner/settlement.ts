import type { EventStore } from '../../src/platform/event-store/event-store.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import { readCheckpoint, takeStep } from '../../src/platform/redis/read-model.writer.js';
import type { ReadModel } from '../kernel/changes.js';
import type { Fact } from '../kernel/event-types.js';
import type { Letter } from '../kernel/letter.js';
import { sortOut } from '../kernel/parking.js';
import type { Letters } from './letters.js';
import { keeping, letterFor, lettersOf, settling } from './letters.js';
import { documentsOf, isOutage } from './projector.js';
import { toWrites } from './writes.js';

/** Projectors take steps on the same shard meanwhile, and the step must rest on the last of them. */
const TRIES = 100;

/** Which of the letters are to be seen to. What waits for them goes with them. */
export interface Wanted {
  /** Whether an event that was refused is tried again. */
  readonly retries: (letter: Letter) => boolean;
  /** Whether an event is left out for good. */
  readonly skips: (letter: Letter) => boolean;
}

/** What has become of a shard's letters: positions in log order. */
export interface Settled {
  readonly applied: readonly string[];
  readonly skipped: readonly string[];
  /** Those that were tried and could not be taken. */
  readonly parked: readonly Letter[];
}

const NOTHING: Settled = { applied: [], skipped: [], parked: [] };

/** Others kept changing the shard. Nothing was changed. */
export class ShardBusy extends Error {
  override readonly name = 'ShardBusy';
}

/** Sees to what one shard of a read model has put aside. */
export class Settlement {
  constructor(
    private readonly events: EventStore,
    private readonly redis: ReadModelRedis,
    private readonly model: ReadModel,
    private readonly keys: Keyspace,
  ) {}

  /**
   * Applies and leaves out what is wanted, in log order and in one atomic step that rests on the checkpoint and on the
   * letters as they are: whatever is done twice, at once or again, has taken effect once.
   * @throws ShardBusy; ReadModelUnavailable when the outcome is not known: it can be asked for again
   */
  async settle(wanted: Wanted): Promise<Settled> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const letters = await lettersOf(this.redis, this.keys);
      if (!letters.all.some((letter) => wanted.retries(letter) || wanted.skips(letter))) return NOTHING;
      const settled = await this.attempt(letters, wanted);
      if (settled) return settled;
    }
    throw new ShardBusy(`Shard ${this.keys.shard} of ${this.keys.model} keeps changing: run this again.`);
  }

  /** Null when the shard has changed meanwhile. */
  private async attempt({ revision, all }: Letters, wanted: Wanted): Promise<Settled | null> {
    const checkpoint = await readCheckpoint(this.redis, this.keys);
    const skipped = all.filter(wanted.skips);
    const rest = all.filter((letter) => !wanted.skips(letter));
    const facts = await Promise.all(rest.map((letter) => this.factOf(letter)));
    const { taken, changes, parked } = await this.sortOut(facts, untouched(rest, facts, wanted));
    const applied = new Set(taken.map(({ position }) => position.toString()));
    const former = new Map(rest.map((letter) => [letter.position, letter]));
    const kept = parked.map((one) => letterFor(one, former.get(one.fact.position.toString())?.at ?? ''));
    const gone = [...skipped, ...rest.filter(({ position }) => applied.has(position))];
    const step = await takeStep(this.redis, this.keys, {
      ...{ from: checkpoint, to: checkpoint, atEnd: false, letters: { revision, change: true } },
      writes: [...toWrites(this.keys, changes, true), ...settling(this.keys, gone), ...keeping(this.keys, kept)],
    });
    if (!step.taken) return null;
    const isNews = (letter: Letter) => wanted.retries(letter) || former.get(letter.position)?.reason === null;
    return {
      applied: [...applied],
      skipped: skipped.map(({ position }) => position),
      parked: kept.filter((letter) => letter.reason !== null && isNews(letter)),
    };
  }

  private sortOut(facts: readonly Fact[], refused: ReadonlyMap<Fact, string>) {
    const { model, redis, keys } = this;
    const read = documentsOf(redis, keys);
    return sortOut({ model, shard: keys.shard, read, letters: [], room: facts.length, isOutage }, facts, refused);
  }

  private async factOf({ stream, revision, position, eventId, type }: Letter): Promise<Fact> {
    const recorded = await this.events.readOne(stream, BigInt(revision));
    if (recorded) return { ...(recorded as Fact), position: BigInt(position) };
    const event = { type, data: {} } as Fact['event'];
    const at = { id: eventId, stream, revision: BigInt(revision), position: BigInt(position) };
    return { ...at, event, metadata: {} as Fact['metadata'], fault: 'it is not in the log any more' };
  }
}

/** The refused events that are not to be tried, each with the reason it was refused for. */
const untouched = (letters: readonly Letter[], facts: readonly Fact[], wanted: Wanted): ReadonlyMap<Fact, string> =>
  new Map(
    letters.flatMap((letter, at) => {
      const fact = facts[at];
      return fact && letter.reason !== null && !wanted.retries(letter) ? [[fact, letter.reason] as const] : [];
    }),
  );
