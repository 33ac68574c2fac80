import type { Decider } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';

/** What is known of a stream: the state that its events come to, where the last stands, and whose commands they are. */
export class StreamView<State, Event extends DomainEvent> {
  state: State;
  /** Of the last event; null while there is none. */
  revision: bigint | null = null;
  position = 0n;
  /** The ids of the commands that appended something. */
  readonly commands = new Set<string>();

  constructor(readonly decider: Decider<State, Event>) {
    this.state = decider.initial;
  }

  /** Takes in the stream's next events. Those seen already are passed over: two may have read the same ones. */
  add(events: readonly Recorded<Event>[]): void {
    for (const { event, revision, position, metadata } of events) {
      if (this.revision !== null && revision <= this.revision) continue;
      this.state = this.decider.evolve(this.state, event);
      this.revision = revision;
      this.position = position;
      this.commands.add(metadata.commandId);
    }
  }
}
