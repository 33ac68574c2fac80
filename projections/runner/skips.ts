import type { EventStore } from '../../src/platform/event-store/event-store.js';
import type { Notes } from '../../src/platform/event-store/notes.js';

/** That an event is left out of a read model for good, and why. */
export interface Skip {
  readonly readModel: string;
  readonly position: string;
  readonly eventId: string;
  readonly stream: string;
  readonly reason: string;
  readonly at: string;
}

/** Which events are left out of which read model. It is on record in the log itself, and so holds for every build. */
export class Skips {
  private readonly notes: Notes<Skip>;

  constructor(events: EventStore) {
    this.notes = events.notes('read-model-skips', 'ReadModelEventSkipped');
  }

  /** Once for each event and read model. @throws EventStoreUnavailable */
  add(skip: Skip): Promise<void> {
    return this.notes.add(`${skip.readModel}/${skip.position}`, skip);
  }

  /** The positions left out, by read model. @throws EventStoreUnavailable */
  async positions(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const byModel = new Map<string, Set<string>>();
    for (const { readModel, position } of await this.notes.all())
      byModel.set(readModel, (byModel.get(readModel) ?? new Set()).add(position));
    return byModel;
  }
}
