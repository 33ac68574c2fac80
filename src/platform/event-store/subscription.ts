import type { Readable } from 'node:stream';
import type { AllStreamSubscription } from '@eventstore/db-client';
import { START, eventTypeFilter } from '@eventstore/db-client';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import type { EventSchemas } from '../../kernel/upcasting.js';
import { log } from '../telemetry/log.js';
import { arrivals } from './arrivals.js';
import type { EventStoreConnection } from './connection.js';
import { fromWire, fromWireOrFault } from './codec.js';
import { pause } from './within.js';

/**
 * What a follower is told, in log order: an event, that everything up to a position was looked at, that the end was
 * reached, or that nothing is known of it because the subscription was lost.
 */
export type Followed =
  | { readonly kind: 'event'; readonly recorded: Recorded<DomainEvent> }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'lost' };

export interface FollowOptions {
  /** Names the follower in the log. */
  readonly name: string;
  readonly types: readonly string[];
  /** Called at each (re)subscription: the last position processed, null for the beginning. */
  readonly from: () => bigint | null;
  readonly signal: AbortSignal;
  /**
   * After how many windows of 32 events that were looked at a checkpoint is told: one, unless told otherwise. Each costs
   * as much as an event, whether any event is followed or not.
   */
  readonly checkpointInterval?: number;
  /** Takes events that no upcast can read, with their fault; else the following waits before them. */
  readonly takesFaults?: boolean;
}

interface Following extends FollowOptions {
  readonly schemas: EventSchemas;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** How many events are held between the client and whoever follows. */
const TOGETHER = 128;
const NO_POSITION = 2n ** 64n - 1n;

/**
 * Follows the log for ever, from the last position processed, and gives what has arrived together: a broken or closed
 * subscription is opened again, with back-off. It waits before an event of a version not known here, rather than pass
 * over it. Ends only with the signal; a fault of the consumer is the consumer's.
 */
export async function* followTogether(
  connection: EventStoreConnection,
  options: Following,
): AsyncGenerator<readonly Followed[]> {
  const { signal } = options;
  let wait = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const subscription = subscribe(connection, options);
    const stop = () => subscription.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const items of arrivals<object>(subscription as unknown as Readable)) {
        const { known, failure } = decoded(items, options);
        if (known.length > 0) wait = FIRST_PAUSE_MS;
        if (known.length > 0) yield known;
        if (failure) throw failure.error;
      }
    } catch (error) {
      if (!signal.aborted) report(error, options);
    } finally {
      signal.removeEventListener('abort', stop);
      await subscription.unsubscribe().catch(() => undefined);
    }
    if (!signal.aborted) yield [{ kind: 'lost' }];
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

/** The same, one by one. */
export async function* follow(connection: EventStoreConnection, options: Following): AsyncGenerator<Followed> {
  for await (const together of followTogether(connection, options)) yield* together;
}

const remedy = 'resubscribes by itself; if it repeats, check the event store, and that its user may read $all';

const report = (error: unknown, { name, from }: FollowOptions): void =>
  log.warn({ err: error, subscription: name, position: from()?.toString() ?? 'start', remedy }, 'subscription lost');

/** Marks travel in the same queue as the events: as the client reports them, they overtake events not yet handled. */
const subscribe = (connection: EventStoreConnection, options: FollowOptions): AllStreamSubscription => {
  const { types, from, checkpointInterval = 1 } = options;
  const position = from();
  const mark = (followed: Followed) => void subscription.push(followed as never);
  const fromPosition = position === null ? START : { commit: position, prepare: position };
  const filter = eventTypeFilter({
    regex: `^(?:${types.join('|')})$`,
    checkpointInterval,
    checkpointReached: async (_, { commit }) => {
      if (commit !== NO_POSITION) mark({ kind: 'checkpoint', position: commit });
    },
  });
  const subscription = connection.current.subscribeToAll({ fromPosition, filter }, { highWaterMark: TOGETHER });
  subscription.on('caughtUp', () => mark({ kind: 'caught-up' }));
  return subscription;
};

const toFollowed = (item: object, { schemas, takesFaults }: Following): Followed | null => {
  if ('kind' in item) return item as Followed;
  const decode = takesFaults ? fromWireOrFault : fromWire;
  const recorded = decode((item as { event?: never }).event, schemas);
  return recorded && { kind: 'event', recorded };
};

/** What is before the first that cannot be decoded is followed all the same. */
const decoded = (items: readonly object[], options: Following) => {
  const known: Followed[] = [];
  try {
    for (const item of items) {
      const followed = toFollowed(item, options);
      if (followed) known.push(followed);
    }
    return { known, failure: null };
  } catch (error) {
    return { known, failure: { error } };
  }
};
