import type { Followed } from '../../src/platform/event-store/subscription.js';
import type { Fact } from '../kernel/event-types.js';

/** What came from the log since the last batch. */
export interface Batch {
  readonly facts: readonly Fact[];
  /** Everything up to here was looked at; null when nothing was yet. */
  readonly position: bigint | null;
  readonly caughtUp: boolean;
}

/**
 * Between the log and the read models: collects while a batch is being applied, so that the next one holds all that is
 * there, and holds the log back when it is full.
 */
export class Inbox {
  private facts: Fact[] = [];
  private caughtUp = false;
  private handedOver: bigint | null;
  private ended: { readonly error?: unknown } | null = null;
  private wake: () => void = () => undefined;
  private makeRoom: () => void = () => undefined;

  constructor(
    /** The position of the newest thing taken in. */
    public position: bigint | null,
    private readonly size: number,
  ) {
    this.handedOver = position;
  }

  /** Takes in what comes until it ends. Whatever comes again, at or before the newest position, is left out. */
  async fill(source: AsyncIterable<Followed>): Promise<void> {
    try {
      for await (const one of source) {
        if (this.facts.length >= this.size) await new Promise<void>((resolve) => (this.makeRoom = resolve));
        if (this.ended) return;
        this.take(one);
        this.wake();
      }
      this.ended ??= {};
    } catch (error) {
      this.ended ??= { error };
    }
    this.wake();
  }

  /** Takes in nothing any more. */
  close(): void {
    this.ended ??= {};
    this.makeRoom();
    this.wake();
  }

  private take(one: Followed): void {
    if (one.kind === 'caught-up') {
      this.caughtUp = true;
      return;
    }
    const position = one.kind === 'event' ? one.recorded.position : one.position;
    if (this.position !== null && position <= this.position) return;
    this.position = position;
    if (one.kind === 'event') this.facts.push(one.recorded as Fact);
  }

  /**
   * All that is there, or what comes next; after `patience` milliseconds an empty batch. Null at the end.
   * @throws what the log threw
   */
  async next(patience: number): Promise<Batch | null> {
    if (!this.hasNews() && !this.ended) await this.waitForMore(patience);
    if (this.ended && 'error' in this.ended) throw this.ended.error;
    if (this.ended && !this.hasNews()) return null;
    const batch = { facts: this.facts, position: this.position, caughtUp: this.caughtUp };
    this.facts = [];
    this.caughtUp = false;
    this.handedOver = this.position;
    this.makeRoom();
    return batch;
  }

  private hasNews(): boolean {
    return this.caughtUp || this.position !== this.handedOver;
  }

  private waitForMore(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => undefined;
        resolve();
      };
    });
  }
}
