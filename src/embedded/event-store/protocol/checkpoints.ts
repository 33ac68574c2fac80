import { checkpoint } from './responses/read-response.js';

/** Decides when a filtered subscription is told how far the node has looked. */
export class Checkpoints {
  private considered = 0;
  private sent: number;

  /**
   * @param interval how many events are looked at between checkpoints
   * @param position where the subscription starts; a checkpoint there would say nothing new
   */
  constructor(
    private readonly interval: number,
    private position: number,
  ) {
    this.sent = position;
  }

  /** Counts an event that was looked at; @returns the checkpoint that is due, if any. */
  after(position: number): Buffer | undefined {
    this.position = position;
    return ++this.considered >= this.interval ? this.due() : undefined;
  }

  /** The checkpoint at the end of a catch-up, unless nothing was looked at since the last. */
  atEnd(): Buffer | undefined {
    return this.position > this.sent ? this.due() : undefined;
  }

  private due(): Buffer {
    this.considered = 0;
    this.sent = this.position;
    return checkpoint(this.position);
  }
}
