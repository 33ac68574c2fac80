import type { DomainEvent } from '../../kernel/event.js';
import type { Outcome } from '../commands/outcome.js';

/** What every command answers beside what it is about. */
export class CommandAnswer {
  /** The types of the events that were decided; empty when everything was as asked already. */
  readonly decided!: string[];
  /** The stream's new revision, as a decimal; also the ETag. */
  readonly revision!: string;
  /** The position in the log; give it to a query as `minPosition` to read this write. */
  readonly position!: string;
}

export const commandAnswer = ({ events, revision, position }: Outcome<unknown, DomainEvent>): CommandAnswer => ({
  decided: events.map(({ event }) => event.type),
  revision: revision.toString(),
  position: position.toString(),
});
