import type { WrittenEvent } from './log-writer.js';

type Listener = () => void;

/** Wakes, once each, the readers that wait for something new: of one stream or of any. */
export class CommitSignal {
  private anyStream = new Set<Listener>();
  private readonly byStream = new Map<string, Set<Listener>>();

  /** @returns what takes the waiting back */
  onAny(listener: Listener): () => void {
    this.anyStream.add(listener);
    return () => this.anyStream.delete(listener);
  }

  /** @returns what takes the waiting back */
  onStream(stream: string, listener: Listener): () => void {
    const listeners = this.byStream.get(stream) ?? new Set();
    this.byStream.set(stream, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.byStream.get(stream) === listeners) this.byStream.delete(stream);
    };
  }

  notify(events: readonly WrittenEvent[]): void {
    if (events.length === 0) return;
    const woken = this.anyStream;
    this.anyStream = new Set();
    for (const listener of woken) listener();
    if (this.byStream.size === 0) return;
    for (const stream of new Set(events.map((event) => event.stream.name))) this.wakeStream(stream);
  }

  private wakeStream(stream: string): void {
    const listeners = this.byStream.get(stream);
    this.byStream.delete(stream);
    for (const listener of listeners ?? []) listener();
  }
}
