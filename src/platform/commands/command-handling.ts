import { Injectable } from '@nestjs/common';
import type { Decider } from '../../kernel/decider.js';
import { fold } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import { Rejection } from '../../kernel/rejection.js';
import { RevisionConflict } from '../event-store/errors.js';
import { EventStore } from '../event-store/event-store.js';
import { pause } from '../event-store/within.js';
import type { CommandContext } from './command-context.js';
import { derivedId, metadataFor } from './command-context.js';
import { requireRevision } from './expected-revision.js';
import { InFlight } from './in-flight.js';
import { repetitionOf } from './repetition.js';

/** What a command came to: the stream's state after its events, and where the last of them stands. */
export interface Outcome<State, Event extends DomainEvent> {
  readonly state: State;
  readonly events: readonly Recorded<Event>[];
  readonly revision: bigint;
  readonly position: bigint;
}

type Decide<State, Event> = (state: State) => readonly Event[] | Promise<readonly Event[]>;

const TRIES = 5;
const FIRST_PAUSE_MS = 20;

/** Load, decide, append with the exact revision; again on a conflict, and only then. */
@Injectable()
export class CommandHandling {
  private readonly inFlight = new InFlight();

  constructor(private readonly store: EventStore) {}

  /**
   * Carries out one command on one stream. A repetition of it gives the first outcome again and appends nothing (D7).
   * @throws Rejection from the decision, or `idempotency-key-reused`, `revision-mismatch`, `concurrent-change`
   */
  handle<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
    context: CommandContext,
    decide: Decide<State, Event>,
  ): Promise<Outcome<State, Event>> {
    return this.inFlight.after(context.commandId, async () => {
      for (let tries = 1, wait = FIRST_PAUSE_MS; tries <= TRIES; tries += 1, wait *= 1.5) {
        const outcome = await this.attempt(stream, decider, context, decide);
        if (outcome) return outcome;
        await pause(wait * Math.random());
      }
      throw new Rejection('conflict', 'concurrent-change', 'Others keep changing this at the same time.', {
        next: 'Repeat the request with the same Idempotency-Key.',
      });
    });
  }

  private async attempt<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
    context: CommandContext,
    decide: Decide<State, Event>,
  ): Promise<Outcome<State, Event> | null> {
    const history = await this.store.read<Event>(stream);
    const earlier = repetitionOf(history, context);
    if (earlier) return outcomeOf(decider, earlier.upTo, earlier.events);
    requireRevision(history, context);
    const decided = await decide(fold(decider, plain(history)));
    const fresh = await this.append(stream, history.at(-1)?.revision ?? null, decided, context);
    return fresh && outcomeOf(decider, [...history, ...fresh], fresh);
  }

  /** The events as recorded, or null when the stream has moved on. */
  private async append<Event extends DomainEvent>(
    stream: string,
    expected: bigint | null,
    decided: readonly Event[],
    context: CommandContext,
  ): Promise<Recorded<Event>[] | null> {
    if (decided.length === 0) return [];
    const { schemas } = this.store;
    const events = decided.map((event, index) => ({
      id: derivedId(context.commandId, `${stream}/${index}`),
      event,
      metadata: metadataFor(context, schemas.versionOf(event.type)),
    }));
    try {
      const { position } = await this.store.append(stream, events, expected);
      const first = expected === null ? 0n : expected + 1n;
      return events.map((one, index) => ({
        ...one,
        stream,
        revision: first + BigInt(index),
        position: position ?? 0n,
      }));
    } catch (error) {
      if (error instanceof RevisionConflict) return null;
      throw error;
    }
  }
}

const plain = <Event extends DomainEvent>(recorded: readonly Recorded<Event>[]): Event[] =>
  recorded.map(({ event }) => event);

const outcomeOf = <State, Event extends DomainEvent>(
  decider: Decider<State, Event>,
  upTo: readonly Recorded<Event>[],
  events: readonly Recorded<Event>[],
): Outcome<State, Event> => {
  const last = upTo.at(-1);
  return {
    state: fold(decider, plain(upTo)),
    events,
    revision: last?.revision ?? -1n,
    position: last?.position ?? 0n,
  };
};
