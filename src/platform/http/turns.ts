/** How many requests are taken up in one turn of the event loop. */
const PER_TURN = 4;

/**
 * Spreads requests that arrive together over turns of the event loop: what one of them sends to the event store or to
 * Redis leaves at the end of its turn, so that these are at work while the next requests are read. Taken up all at once,
 * the service would wait for them, and they for it.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private taken = 0;

  /** Takes the request up at once, or in the turn that has room for it. */
  take(up: () => void): void {
    if (this.taken === 0) setImmediate(() => this.turn());
    this.taken += 1;
    if (this.taken <= PER_TURN) up();
    else this.waiting.push(up);
  }

  private turn(): void {
    const next = this.waiting.splice(0, PER_TURN);
    this.taken = next.length + this.waiting.length;
    if (this.taken > 0) setImmediate(() => this.turn());
    for (const up of next) up();
  }
}
