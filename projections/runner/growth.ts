/** How long the log must have grown so fast, in milliseconds; by how many events in each of them. */
const WINDOW_MS = 1_000;
const CROWDED_PER_MS = 6;

/** Whether the log has lately grown as fast as during an import. */
export class Growth {
  private crowded = false;
  private count = 0;

  /** @param since milliseconds since 1970 */
  constructor(private since: number) {}

  get isCrowded(): boolean {
    return this.crowded;
  }

  /** To be told of what is no growth: what had been in the log before. */
  restart(now: number): void {
    this.since = now;
    this.count = 0;
  }

  add(events: number, now: number): void {
    this.count += events;
    const elapsed = now - this.since;
    if (elapsed < WINDOW_MS) return;
    this.crowded = this.count / elapsed >= CROWDED_PER_MS;
    this.restart(now);
  }
}
