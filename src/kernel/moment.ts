import type { DomainEvent, Recorded } from './event.js';

/** An event with the time at which the event store recorded it (ISO 8601 in UTC): set by the store, not by who asked. */
export type Dated<E extends DomainEvent = DomainEvent> = Recorded<E> & { readonly recordedAt: string };

const EASTERNMOST_MS = 14 * 3_600_000;

/** The last day that has begun anywhere at this moment. */
export const newestDay = (at: string): string => new Date(Date.parse(at) + EASTERNMOST_MS).toISOString().slice(0, 10);

/** A moment of the past: everything up to a position in the log, or everything recorded up to a time (inclusive). */
export type Moment = { readonly position: bigint } | { readonly time: string };

const isBy = (moment: Moment, { position, recordedAt }: Dated): boolean =>
  'position' in moment ? position <= moment.position : Date.parse(recordedAt) <= Date.parse(moment.time);

/**
 * The history as it was at the moment (null: now). Always a beginning of the whole: where the store's clock was set back,
 * an event never counts without those before it.
 */
export const upTo = <E extends DomainEvent>(
  events: readonly Dated<E>[],
  moment: Moment | null,
): readonly Dated<E>[] => {
  if (moment === null) return events;
  const first = events.findIndex((event) => !isBy(moment, event));
  return first === -1 ? events : events.slice(0, first);
};
