/** An event that a shard of a read model has put aside. It names the event, and holds nothing of what the event says. */
export interface Letter {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: string;
  /** Why the projection could not take it; null for one that only waits for another. */
  readonly reason: string | null;
  /** The position of the event that it waits for; null for one that the projection could not take. */
  readonly behind: string | null;
  /** When it was put aside. */
  readonly at: string;
  /** See {@link Ties}. */
  readonly holds: readonly string[];
}
