import type { DomainEvent } from './event.js';

/** How the events of one stream become a state. The decisions are plain functions from state and facts to events. */
export interface Decider<State, Event extends DomainEvent> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
}

/** The state after these events. */
export const fold = <State, Event extends DomainEvent>(
  { initial, evolve }: Decider<State, Event>,
  events: readonly Event[],
): State => events.reduce(evolve, initial);
