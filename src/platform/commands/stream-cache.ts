import type { Decider } from '../../kernel/decider.js';
import type { DomainEvent } from '../../kernel/event.js';
import type { StreamView } from './stream-view.js';

/** So many streams are remembered at least, and twice as many at most: those not changed for longest are forgotten together. */
const STREAMS = 20_000;
/** A stream that more commands have changed is not remembered: their ids would take more than reading it costs. */
const COMMANDS = 1_000;

type AnyView = StreamView<unknown, never>;

/** Streams as this process last saw them. They may be out of date: an append at their revision tells. */
export class StreamCache {
  private recent = new Map<string, AnyView>();
  private former = new Map<string, AnyView>();

  /** What was last seen of the stream with this decider's eyes; null for nothing. */
  get<State, Event extends DomainEvent>(
    stream: string,
    decider: Decider<State, Event>,
  ): StreamView<State, Event> | null {
    const view = this.recent.get(stream) ?? this.former.get(stream);
    return view?.decider === decider ? (view as unknown as StreamView<State, Event>) : null;
  }

  put<State, Event extends DomainEvent>(stream: string, view: StreamView<State, Event>): void {
    if (view.revision === null || view.commands.size > COMMANDS) return this.forget(stream);
    if (this.recent.size >= STREAMS) [this.recent, this.former] = [new Map(), this.recent];
    this.recent.set(stream, view as unknown as AnyView);
  }

  private forget(stream: string): void {
    this.recent.delete(stream);
    this.former.delete(stream);
  }
}
