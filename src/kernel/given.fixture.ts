import type { Decider } from './decider.js';
import { fold } from './decider.js';
import type { DomainEvent } from './event.js';
import { Rejection } from './rejection.js';

/** Specs of decisions that read as sentences: given these events, when this is decided, then those events follow. */
export const decisionSpec =
  <State, Event extends DomainEvent>(decider: Decider<State, Event>) =>
  (history: readonly Event[]) => ({
    when: (decision: (state: State) => readonly Event[]) => {
      const decide = () => decision(fold(decider, history));
      return {
        then: (expected: readonly Event[]) => expect(decide()).toEqual(expected),
        thenRejected: (code: string) => {
          let caught: unknown;
          try {
            decide();
          } catch (error) {
            caught = error;
          }
          expect(caught).toBeInstanceOf(Rejection);
          expect(caught).toMatchObject({ code });
          return caught as Rejection;
        },
      };
    },
  });
