import type { Call } from '../transport/call.js';

const MAX_OUTSTANDING_WRITES = 2;
const MAX_STEPS_PER_TURN = 16;

/** What a reader does next: send some frames, possibly none, or wait until something is committed. */
export type Step =
  | { readonly kind: 'send'; readonly frames: readonly Buffer[] }
  /** `until` registers what to call on the commit, and returns what takes that back. */
  | { readonly kind: 'wait'; readonly until: (wake: () => void) => () => void };

export const send = (...frames: readonly Buffer[]): Step => ({ kind: 'send', frames });

/**
 * Pulls steps out of a reader as fast as its client takes them, and no faster: with two writes outstanding nothing is
 * read, so a slow client costs nothing. The call ends when the reader does.
 */
export function pump(call: Call, reader: Iterator<Step>): void {
  new ReadPump(call, reader).resume();
}

class ReadPump {
  private outstanding = 0;
  private paused = false;
  private stopWaiting = () => {};

  constructor(
    private readonly call: Call,
    private readonly reader: Iterator<Step>,
  ) {
    call.onEnd(() => this.stopWaiting());
  }

  resume(): void {
    for (let steps = 0; this.mayRead(); steps++) {
      if (steps === MAX_STEPS_PER_TURN) return this.pause((wake) => void setImmediate(wake));
      const { done, value } = this.reader.next();
      if (done) return this.call.finish();
      if (value.kind === 'send') this.send(value.frames);
      else this.pause((wake) => (this.stopWaiting = value.until(wake)));
    }
  }

  private mayRead(): boolean {
    return !this.paused && this.outstanding < MAX_OUTSTANDING_WRITES && !this.call.ended;
  }

  private pause(until: (wake: () => void) => void): void {
    this.paused = true;
    until(() => {
      this.paused = false;
      this.call.guard(() => this.resume());
    });
  }

  private send(frames: readonly Buffer[]): void {
    if (frames.length === 0) return;
    this.outstanding++;
    this.call.write(frames, () => {
      this.outstanding--;
      this.resume();
    });
  }
}
