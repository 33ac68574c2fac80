import type { WriteOutcome } from './model.js';

/** About a quarter of a second of work, in which the node does nothing else. */
const GROUP_WEIGHT = 4 * 1024 * 1024;

/** A write waiting for its transaction. */
export interface Write {
  /** What it takes to carry it out, about its bytes; groups are bounded by the sum. */
  readonly weight: number;
  /** Milliseconds since the epoch after which it is not carried out any more. */
  readonly deadline: number;
  /** Carries the write out, inside the transaction. */
  perform(): WriteOutcome;
  /** Told what became of the write once that is on disk. */
  settle(outcome: WriteOutcome): void;
}

export interface Transaction {
  /** Puts on disk what was performed since the last commit. */
  commit(): void;
  /** Undoes everything since the last commit, in the file and in memory. */
  rollback(cause: Error): void;
}

/** After so many groups of a single write, the next is not waited with. */
const LONE_GROUPS = 16;

/**
 * Puts all writes that arrive in one turn of the event loop into one transaction, and answers them after it. Where they
 * have come one by one for a while, the first of a turn is carried out at once: its answer then leaves in the same turn.
 */
export class GroupCommit {
  private queue: Write[] = [];
  private scheduled = false;
  /** How many groups in a row were of one write. */
  private lone = 0;

  /** @param afterGroup called when the writes of a group that is on disk have been answered */
  constructor(
    private readonly transaction: Transaction,
    private readonly afterGroup: () => void,
  ) {}

  submit(write: Write): void {
    const atOnce = !this.scheduled && this.lone >= LONE_GROUPS;
    this.schedule();
    if (atOnce) return this.run([write]);
    this.queue.push(write);
  }

  /** Carries out everything that is waiting, now. */
  drain(): void {
    while (this.queue.length > 0) this.run(this.nextGroup());
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.queue.length > 0) this.run(this.nextGroup());
      if (this.queue.length > 0) this.schedule();
    });
  }

  private nextGroup(): Write[] {
    let weight = 0;
    let size = 0;
    while (size < this.queue.length && weight < GROUP_WEIGHT) weight += this.queue[size++]?.weight ?? 0;
    return this.queue.splice(0, size);
  }

  private run(group: readonly Write[]): void {
    this.lone = group.length === 1 ? this.lone + 1 : 0;
    const outcomes = this.commit(group);
    const now = Date.now();
    group.forEach((write, index) => {
      const outcome = outcomes[index] as WriteOutcome;
      write.settle(write.deadline > now || outcome.kind === 'failed' ? outcome : EXPIRED);
    });
    this.afterGroup();
  }

  private commit(group: readonly Write[]): WriteOutcome[] {
    try {
      const now = Date.now();
      const outcomes = group.map((write) => (write.deadline > now ? write.perform() : EXPIRED));
      this.transaction.commit();
      return outcomes;
    } catch (error) {
      const cause = error as Error;
      this.transaction.rollback(cause);
      return group.map(() => ({ kind: 'failed', cause }));
    }
  }
}

const EXPIRED: WriteOutcome = { kind: 'deadline-exceeded' };
