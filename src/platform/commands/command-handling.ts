import { Injectable } from '@nestjs/common';
import type { Decider } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import { Rejection } from '../../kernel/rejection.js';
import { EventStoreUnavailable, NoAnswerInTime, RevisionConflict } from '../event-store/errors.js';
import { EventStore } from '../event-store/event-store.js';
import { pause, within } from '../event-store/within.js';
import type { CommandContext } from './command-context.js';
import { derivedId, metadataFor } from './command-context.js';
import { requireRevision } from './expected-revision.js';
import { InFlight } from './in-flight.js';
import type { Outcome } from './outcome.js';
import { outcomeOf } from './outcome.js';
import { repetitionOf } from './repetition.js';
import { StreamCache } from './stream-cache.js';
import { StreamView } from './stream-view.js';

type Decide<State, Event> = (state: State) => readonly Event[] | Promise<readonly Event[]>;

export interface HandlingOptions {
  /** Most likely there is no such stream yet: that is tried first, instead of reading. */
  readonly likelyNew?: boolean;
  /** Hardly anybody asks for the stream again soon: remembering it would only make others forgotten. */
  readonly passing?: boolean;
}

interface Task<State, Event extends DomainEvent> extends HandlingOptions {
  readonly stream: string;
  readonly decider: Decider<State, Event>;
  readonly context: CommandContext;
  readonly decide: Decide<State, Event>;
  /** When the command's time is over, in milliseconds since 1970. */
  readonly deadline: number;
}

/** How long a command may take in all, in milliseconds. */
export const COMMAND_MS = 5_000;
const TRIES = 5;
const FIRST_PAUSE_MS = 20;

const unavailable = (stream: string, cause: unknown) => new EventStoreUnavailable(`command on ${stream}`, cause);

/** Load, decide, append with the exact revision; again on a conflict, and only then. */
@Injectable()
export class CommandHandling {
  private readonly inFlight = new InFlight();
  private readonly cache = new StreamCache();

  constructor(private readonly store: EventStore) {}

  /**
   * Carries out one command on one stream. `decide` may be called more than once, on a newer state each time. A
   * repetition of the command gives the first outcome again and appends nothing (D7).
   * @throws Rejection from the decision, or `idempotency-key-reused`, `revision-mismatch`, `concurrent-change`;
   *   EventStoreUnavailable after five seconds, the outcome then being unknown
   */
  handle<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
    context: CommandContext,
    decide: Decide<State, Event>,
    options: HandlingOptions = {},
  ): Promise<Outcome<State, Event>> {
    const task = { stream, decider, context, decide, deadline: Date.now() + COMMAND_MS, ...options };
    const work = this.inFlight.after(stream, () => this.untilDecided(task));
    return within(COMMAND_MS, work).catch((error: unknown) => {
      throw error instanceof NoAnswerInTime ? unavailable(stream, error) : error;
    });
  }

  /**
   * A stream's state as this process last saw it, if it passes; else as it stands. For what, once true, stays true.
   * @throws EventStoreUnavailable
   */
  async known<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
    passes: (state: State) => boolean,
  ): Promise<State> {
    const seen = this.cache.get(stream, decider)?.state ?? decider.initial;
    return passes(seen) ? seen : (await this.refresh(stream, decider)).state;
  }

  private async untilDecided<State, Event extends DomainEvent>(
    task: Task<State, Event>,
  ): Promise<Outcome<State, Event>> {
    if (Date.now() >= task.deadline) throw unavailable(task.stream, null);
    const first = await this.onTrust(task);
    if (first) return first;
    for (let tries = 1, wait = FIRST_PAUSE_MS; tries <= TRIES; tries += 1, wait *= 1.5) {
      const outcome = await this.attempt(await this.refresh(task.stream, task.decider, task.passing), task);
      if (outcome) return outcome;
      await pause(wait * Math.random());
    }
    throw new Rejection('conflict', 'concurrent-change', 'Others keep changing this at the same time.', {
      state: 'changing',
      next: 'Repeat the request with the same Idempotency-Key.',
    });
  }

  /** Decides on what was last seen. Only an append confirms it: to refuse, or to find nothing to do, takes a fresh look. */
  private async onTrust<State, Event extends DomainEvent>(
    task: Task<State, Event>,
  ): Promise<Outcome<State, Event> | null> {
    const { stream, decider, likelyNew } = task;
    const seen = this.cache.get(stream, decider) ?? (likelyNew ? new StreamView(decider) : null);
    if (!seen) return null;
    try {
      const outcome = await this.attempt(seen, task);
      return outcome && outcome.events.length > 0 ? outcome : null;
    } catch (error) {
      if (error instanceof Rejection) return null;
      throw error;
    }
  }

  /** The outcome on what is seen of the stream, or null when the stream has moved on. */
  private async attempt<State, Event extends DomainEvent>(
    seen: StreamView<State, Event>,
    task: Task<State, Event>,
  ): Promise<Outcome<State, Event> | null> {
    const { context, decider, stream } = task;
    // Decision and outcome rest on this very revision, whatever else is seen of the stream meanwhile.
    const { state, revision, position, commands } = seen;
    if (commands.has(context.commandId)) return this.repeated(task);
    requireRevision(revision, context);
    const appended = await this.append(stream, revision, await task.decide(state), context);
    if (!appended) return null;
    this.remember(task, seen, appended);
    const last = appended.at(-1) ?? { revision: revision ?? -1n, position };
    const present = appended.reduce((before, { event }) => decider.evolve(before, event), state);
    return { state: present, events: appended, revision: last.revision, position: last.position };
  }

  /** The first outcome again: the log has it all (D7). */
  private async repeated<State, Event extends DomainEvent>(
    task: Task<State, Event>,
  ): Promise<Outcome<State, Event> | null> {
    const first = repetitionOf(await this.store.read<Event>(task.stream), task.context);
    return first && outcomeOf(task.decider, first.upTo, first.events);
  }

  /** What is remembered of a stream has to keep up with it, in passing too. */
  private remember<State, Event extends DomainEvent>(
    { stream, decider, passing }: Task<State, Event>,
    seen: StreamView<State, Event>,
    appended: readonly Recorded<Event>[],
  ): void {
    if (passing && !this.cache.get(stream, decider)) return;
    seen.add(appended);
    this.cache.put(stream, seen);
  }

  /** The stream as it stands: only what is missing of it is read. */
  private async refresh<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
    passing = false,
  ): Promise<StreamView<State, Event>> {
    const seen = this.cache.get(stream, decider) ?? new StreamView(decider);
    seen.add(await this.store.read<Event>(stream, seen.revision));
    if (!passing) this.cache.put(stream, seen);
    return seen;
  }

  /**
   * The events as recorded, or null when the stream has moved on. Their ids depend on the request and on the
   * decision's time: the same command decided anew, by whichever process, meets a conflict and finds its first outcome,
   * instead of passing for it, and another request under its key never does.
   */
  private async append<Event extends DomainEvent>(
    stream: string,
    expected: bigint | null,
    decided: readonly Event[],
    context: CommandContext,
  ): Promise<Recorded<Event>[] | null> {
    if (decided.length === 0) return [];
    const events = decided.map((event, index) => ({
      id: derivedId(context.commandId, `${context.now}/${context.fingerprint}/${stream}/${index}`),
      event,
      metadata: metadataFor(context, this.store.schemas.versionOf(event.type)),
    }));
    try {
      const { position } = await this.store.append(stream, events, expected);
      const first = (expected ?? -1n) + 1n;
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
