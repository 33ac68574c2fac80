import type { Decider } from '../../kernel/decider.js';
import { fold } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';

/** What a command came to: the stream's state after its events, and where the last of them stands. */
export interface Outcome<State, Event extends DomainEvent> {
  readonly state: State;
  /** The command's own events; none when everything was as asked already. */
  readonly events: readonly Recorded<Event>[];
  readonly revision: bigint;
  readonly position: bigint;
}

/** The outcome of a command whose events are the last of this history. */
export const outcomeOf = <State, Event extends DomainEvent>(
  decider: Decider<State, Event>,
  history: readonly Recorded<Event>[],
  events: readonly Recorded<Event>[],
): Outcome<State, Event> => {
  const last = history.at(-1);
  return {
    state: fold(
      decider,
      history.map(({ event }) => event),
    ),
    events,
    revision: last?.revision ?? -1n,
    position: last?.position ?? 0n,
  };
};
