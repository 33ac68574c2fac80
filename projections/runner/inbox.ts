import type { Followed } from '../../src/platform/event-store/subscription.js';
import type { Fact } from '../kernel/event-types.js';
import { Growth } from './growth.js';

/** What came from the log since the last batch. */
export interface Batch {
  readonly facts: readonly Fact[];
  /** Everything up to here was looked at; null when nothing was yet. */
  readonly position: bigint | null;
  /** There is nothing more in the log for now. */
  readonly atEnd: boolean;
}

/** How long a batch may wait to be filled while the end is still far, in milliseconds. */
const LINGER_MS = 20;
/** At the end of the log, a batch follows another after so many milliseconds: under load few full ones cost less. */
const PACE_MS = 20;
/** The same while the log grows as fast as in an import. */
const CROWDED_PACE_MS = 100;
/** How many batches are held: the next ones are read while others are applied. */
const HELD = 2;

/**
 * Between the log and the read models: collects while a batch is being applied, so that the next one holds all that is
 * there, and holds the log back when it is full.
 */
export class Inbox {
  private facts: Fact[] = [];
  private caughtUp = false;
  private atEnd = false;
  private handedOver: bigint | null;
  private ended: { readonly error?: unknown } | null = null;
  private readonly growth = new Growth(Date.now());
  private nextAt = 0;
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
  async fill(source: AsyncIterable<readonly Followed[]>): Promise<void> {
    try {
      for await (const together of source) {
        if (this.facts.length >= HELD * this.size) await new Promise<void>((resolve) => (this.makeRoom = resolve));
        if (this.ended) return;
        for (const one of together) this.take(one);
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
    if (one.kind === 'caught-up' || one.kind === 'lost') {
      this.atEnd = this.caughtUp = one.kind === 'caught-up';
      return;
    }
    const position = one.kind === 'event' ? one.recorded.position : one.position;
    if (this.position !== null && position <= this.position) return;
    this.position = position;
    if (one.kind === 'event') this.facts.push(one.recorded as Fact);
  }

  /**
   * All that is there up to a batch's size, or what comes next; after `patience` milliseconds an empty batch. Null at
   * the end. Until the log's end is reached once, fuller batches pay: each costs the same handful of round trips.
   * @throws what the log threw
   */
  async next(patience: number): Promise<Batch | null> {
    await this.until(() => this.hasNews(), patience);
    if (!this.atEnd) await this.until(() => this.atEnd || this.isFull(), LINGER_MS);
    else await this.until(() => this.isFull(), this.nextAt - Date.now());
    if (this.ended && 'error' in this.ended) throw this.ended.error;
    if (this.ended && !this.hasNews()) return null;
    return this.handOver();
  }

  private handOver(): Batch {
    const facts = this.facts.splice(0, this.size);
    const all = this.facts.length === 0;
    this.handedOver = all ? this.position : (facts.at(-1)?.position ?? this.handedOver);
    const batch = { facts, position: this.handedOver, atEnd: all && this.atEnd };
    if (all) this.caughtUp = false;
    const now = Date.now();
    if (this.atEnd) this.growth.add(facts.length, now);
    else this.growth.restart(now);
    this.nextAt = now + (this.growth.isCrowded ? CROWDED_PACE_MS : PACE_MS);
    this.makeRoom();
    return batch;
  }

  private isFull(): boolean {
    return this.facts.length >= this.size;
  }

  private hasNews(): boolean {
    return this.caughtUp || this.position !== this.handedOver;
  }

  private until(isSo: () => boolean, patience: number): Promise<void> {
    if (isSo() || this.ended || patience <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, patience);
      this.wake = () => {
        if (isSo() || this.ended) done();
      };
    });
  }
}
