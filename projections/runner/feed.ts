import type { EventStore } from '../../src/platform/event-store/event-store.js';
import { pause, within } from '../../src/platform/event-store/within.js';
import { log } from '../../src/platform/telemetry/log.js';
import { ALL_EVENT_TYPES } from '../kernel/event-types.js';
import type { Batch } from './inbox.js';
import { Inbox } from './inbox.js';
import type { Projector } from './projector.js';
import { LeftBehind, TRAIL_MS } from './projector.js';
import { byShard } from './routing.js';
import { Skips } from './skips.js';

/**
 * How many batches are under way while the log's end is far: one is written, what the next one changes is worked out, and
 * the documents that the third concerns are read.
 */
const AT_ONCE = 3;
/** The most events to one step; how often, in milliseconds, an idle shard is looked after. */
export const BATCH_SIZE = 1_000;
export const HEARTBEAT_MS = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const CLOSE_MS = 1_000;
const MAX_POSITION = 2n ** 64n - 1n;

/** The position from which every one of them is served; null for the beginning. */
const earliest = (positions: readonly (bigint | null)[]): bigint | null =>
  positions.reduce((least, one) => (least === null || one === null ? null : one < least ? one : least), MAX_POSITION);

const allOf = async (work: readonly Promise<unknown>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
};

/**
 * Reads the log once for all the shards of all read models, because reading it costs more than applying it: decoding
 * every event once for each would divide the pace of a rebuild by their number. Each shard keeps its own checkpoint all
 * the same; the steps of one batch travel to Redis together.
 */
export class Feed {
  private wait = FIRST_PAUSE_MS;
  private readonly skips: Skips;

  constructor(
    private readonly events: EventStore,
    private readonly projectors: readonly Projector[],
  ) {
    this.skips = new Skips(events);
  }

  /** Feeds until the signal: whatever fails, the checkpoints are read again and the log from there. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.session(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.recover(error, signal);
      }
    }
  }

  private async recover(error: unknown, signal: AbortSignal): Promise<void> {
    const remedy = 'goes on by itself; if it repeats, check that redis answers and that its memory suffices';
    log.warn({ err: error, remedy }, 'read models interrupted');
    if (error instanceof LeftBehind) return;
    await pause(this.wait, signal);
    this.wait = Math.min(2 * this.wait, LONGEST_PAUSE_MS);
  }

  private async session(signal: AbortSignal): Promise<void> {
    const skipped = await this.skips.positions();
    await allOf(this.projectors.map((projector) => projector.load(skipped.get(projector.model.name))));
    const running = this.projectors.filter(({ halted }) => !halted);
    const inbox = new Inbox(earliest(running.map(({ position }) => position)), BATCH_SIZE);
    const session = new AbortController();
    const followed = this.events.followTogether({
      name: 'read models',
      types: ALL_EVENT_TYPES,
      from: () => inbox.position,
      signal: AbortSignal.any([signal, session.signal]),
      takesFaults: true,
    });
    const filled = inbox.fill(followed);
    try {
      await this.serve(inbox);
    } finally {
      session.abort();
      inbox.close();
      await within(CLOSE_MS, filled).catch(() => undefined);
    }
  }

  private applyToAll({ facts, position, atEnd }: Batch): Promise<void> {
    const routed = byShard(facts);
    const steps = this.projectors.map((projector) => {
      const concerned = (routed[projector.keys.shard] ?? []).filter(projector.model.concerns);
      return projector.apply({ facts: concerned, position, atEnd });
    });
    return allOf(steps);
  }

  /**
   * Shards that trail are brought up as soon as there is a moment's peace. At the log's end each batch is waited for: what
   * comes meanwhile makes one batch, and a failure is noticed at once. Elsewhere it is met when its turn comes.
   */
  private async serve(inbox: Inbox): Promise<void> {
    const patience = () => (this.projectors.some(({ trails }) => trails) ? TRAIL_MS : HEARTBEAT_MS);
    const underWay: Promise<void>[] = [];
    try {
      for (let batch = await inbox.next(patience()); batch; batch = await inbox.next(patience())) {
        const applied = this.applyToAll(batch);
        applied.catch(() => undefined);
        underWay.push(applied);
        while (underWay.length >= (batch.atEnd ? 1 : AT_ONCE)) await underWay.shift();
        this.wait = FIRST_PAUSE_MS;
      }
    } finally {
      await Promise.allSettled(underWay);
    }
  }
}
