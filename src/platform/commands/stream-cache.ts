import type { Recorded } from '../../kernel/event.js';

/** How many streams are remembered; the one not used for longest is forgotten first. */
const STREAMS = 10_000;
/** A longer history is not remembered: it would cost more than reading it. */
const LONGEST = 200;

/** Histories as this process last saw them. They may be out of date: an append at their revision tells. */
export class StreamCache {
  private readonly histories = new Map<string, readonly Recorded[]>();

  get<E extends Recorded>(stream: string): readonly E[] | null {
    const history = this.histories.get(stream);
    if (!history) return null;
    this.histories.delete(stream);
    this.histories.set(stream, history);
    return history as readonly E[];
  }

  put(stream: string, history: readonly Recorded[]): void {
    this.histories.delete(stream);
    if (history.length === 0 || history.length > LONGEST) return;
    this.histories.set(stream, history);
    if (this.histories.size > STREAMS) this.histories.delete(this.histories.keys().next().value as string);
  }
}
