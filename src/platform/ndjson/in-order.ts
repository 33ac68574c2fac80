import { setImmediate as nextTurn } from 'node:timers/promises';

interface Slot<Out> {
  readonly settled: Promise<null>;
  result: { readonly outcome: Out } | null;
}

/** The work that was begun, in the order in which it was. */
class UnderWay<Out> {
  private readonly slots: Slot<Out>[] = [];

  get size(): number {
    return this.slots.length;
  }

  /** Resolves when the earliest is done. */
  get earliest(): Promise<null>[] {
    return this.slots.slice(0, 1).map(({ settled }) => settled);
  }

  begin(work: Promise<Out>): void {
    const slot: Slot<Out> = {
      result: null,
      settled: work.then((outcome) => {
        slot.result = { outcome };
        return null;
      }),
    };
    this.slots.push(slot);
  }

  /** Takes out what is done and waits for none before it. */
  takeDone(): Out[] {
    const done: Out[] = [];
    for (let result = this.slots[0]?.result; result; result = this.slots[0]?.result) {
      done.push(result.outcome);
      this.slots.shift();
    }
    return done;
  }
}

/** What comes from a source, asked for one at a time. */
class Arrivals<In> {
  private asked: Promise<IteratorResult<In>>[] = [];
  private open = true;

  constructor(private readonly source: AsyncIterator<In>) {}

  get areOpen(): boolean {
    return this.open;
  }

  /** Resolves with the next item, which is asked for only when there is room for it. */
  next(hasRoom: boolean): Promise<IteratorResult<In>>[] {
    if (this.open && hasRoom && this.asked.length === 0) this.asked = [this.source.next()];
    return this.asked;
  }

  accept(item: IteratorResult<In>): void {
    this.asked = [];
    if (item.done) this.close();
  }

  close(): void {
    this.asked = [];
    this.open = false;
  }
}

export interface InOrderOptions {
  /** How many items are worked on at once, at most. */
  readonly limit: number;
  /** Whether to take no more items; what is under way is still completed. */
  readonly isOver: () => boolean;
}

/**
 * Does the work for each item, several at once, and gives the outcomes in the order of the items: each as soon as it and
 * all before it are there. Nothing is taken from the source while nobody takes the outcomes, and it is not closed: a
 * request that is cut off could not be answered to its end. Ends by throwing what the source or the work throws.
 */
export async function* inOrder<In, Out>(
  source: AsyncIterator<In>,
  work: (item: In) => Promise<Out>,
  { limit, isOver }: InOrderOptions,
): AsyncGenerator<Out[], void> {
  const underWay = new UnderWay<Out>();
  const arrivals = new Arrivals(source);
  while (arrivals.areOpen || underWay.size > 0) {
    const arrived = await Promise.race([...arrivals.next(underWay.size < limit), ...underWay.earliest]);
    if (arrived) arrivals.accept(arrived);
    if (arrived && !arrived.done) underWay.begin(work(arrived.value));
    if (isOver()) arrivals.close();
    if (arrived) continue;
    // What the same turn completes leaves in one piece.
    await nextTurn();
    yield underWay.takeDone();
  }
}
