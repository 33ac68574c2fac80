import { Worker } from 'node:worker_threads';

/** Where the thread finds the database's file, and what it was asked for and is doing. */
export interface CheckpointerData {
  readonly path: string;
  readonly state: Int32Array;
}

export const [IDLE, ASKED, AT_WORK] = [0, 1, 2];
/** A checkpoint takes some hundredths of a second; a disk on which it takes longer than this is not waited for. */
const LONGEST_MS = 10_000;

/**
 * Moves SQLite's log into the database's file from a thread of its own, while events are appended and read: what is left
 * to be moved then takes a millisecond or two, in which nothing else is done.
 */
export class Checkpointer {
  private readonly state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private thread: Worker | undefined;
  private done: (() => void) | undefined;

  constructor(private readonly path: string) {}

  /** Begins, unless it has begun. `done` is called in a later turn, whatever has come of it: the rest is the caller's. */
  begin(done: () => void): void {
    if (this.done) return;
    this.done = done;
    Atomics.store(this.state, 0, ASKED);
    this.thread ??= this.start();
    this.thread.postMessage(null);
  }

  /** Takes back what was asked for and not begun, and waits for what was. */
  finish(): void {
    if (Atomics.compareExchange(this.state, 0, ASKED, IDLE) === AT_WORK)
      Atomics.wait(this.state, 0, AT_WORK, LONGEST_MS);
  }

  close(): void {
    this.finish();
    this.done = undefined;
    void this.thread?.terminate();
  }

  private start(): Worker {
    const workerData: CheckpointerData = { path: this.path, state: this.state };
    const thread = new Worker(new URL('./checkpointer.thread.js', import.meta.url), { workerData });
    thread.on('message', () => this.end());
    thread.on('error', () => this.giveUp(thread));
    thread.on('exit', () => this.giveUp(thread));
    thread.unref();
    return thread;
  }

  /** A thread that ends is replaced when there is work again. */
  private giveUp(thread: Worker): void {
    if (this.thread !== thread) return;
    this.thread = undefined;
    this.end();
  }

  private end(): void {
    const { done } = this;
    this.done = undefined;
    done?.();
  }
}
