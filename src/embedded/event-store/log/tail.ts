import type { StoredEvent } from './model.js';

const TAIL_BYTES = 4 * 1024 * 1024;

/** The newest events, kept in memory so that live subscribers need not read the file. */
export class Tail {
  private events: StoredEvent[] = [];
  private bytes = 0;

  /** @param floor every event after this position is in the tail */
  constructor(private floor: number) {}

  add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      this.bytes += event.frame.length;
    }
    if (this.bytes > TAIL_BYTES) this.trim();
  }

  covers(position: number): boolean {
    return position >= this.floor;
  }

  /** Events after a position in order, or undefined when the tail does not reach back so far. */
  after(position: number, limit: number): StoredEvent[] | undefined {
    if (!this.covers(position)) return undefined;
    const start = this.indexAfter(position);
    return this.events.slice(start, start + limit);
  }

  /** Halves the tail at once, so that trimming costs little for each event. */
  private trim(): void {
    let dropped = 0;
    while (this.bytes > TAIL_BYTES / 2 && dropped < this.events.length) {
      const event = this.events[dropped++] as StoredEvent;
      this.bytes -= event.frame.length;
      this.floor = event.position;
    }
    this.events = this.events.slice(dropped);
  }

  private indexAfter(position: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle] as StoredEvent).position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
