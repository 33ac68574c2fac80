import type { StoredEvent } from './model.js';
import { Pack } from './pack.js';
import { RowMemory } from './row-memory.js';

/**
 * The newest events, in memory: those that the index of streams does not know yet, in the log's order and by stream.
 * What the open transaction adds is seen at once, and taken back when it fails.
 */
export class Tail {
  private packs: Pack[] = [];
  private readonly memory = new RowMemory();
  private readonly byStream = new Map<number, Pack[]>();
  /** How many packs the table has. */
  private stored = 0;
  /** How many packs are committed. */
  private settled = 0;
  bytes = 0;
  /** Those of the packs that are committed and that the table does not have. */
  unstoredBytes = 0;

  /** @param floor every event after this position is in the tail */
  constructor(private floor: number) {}

  get length(): number {
    return this.packs.length;
  }

  get newest(): Pack | undefined {
    return this.packs.at(-1);
  }

  /** Adds the next event of the log, whose frame is copied; those of one transaction share a pack where they can. */
  add(event: StoredEvent): void {
    const newest = this.packs.length > this.settled ? this.newest : undefined;
    const pack = newest?.takes(event) ? newest : this.begin(event);
    pack.add(event.frame, this.memory);
    this.bytes += event.frame.length;
  }

  /** Adds a pack that is on disk already. */
  restore(pack: Pack): void {
    this.push(pack);
    this.bytes += pack.bytes;
    this.settle();
  }

  /** What is committed and not in the table. */
  unstored(): readonly Pack[] {
    return this.packs.slice(this.stored, this.settled);
  }

  /** To be told when the table has everything that is committed. */
  store(): void {
    this.stored = this.settled;
    this.unstoredBytes = 0;
  }

  /** What the open transaction has added. */
  unsettled(): readonly Pack[] {
    return this.packs.slice(this.settled);
  }

  settle(): void {
    for (; this.settled < this.packs.length; this.settled++) {
      this.unstoredBytes += (this.packs[this.settled] as Pack).bytes;
    }
  }

  discard(): void {
    const dropped = this.packs.splice(this.settled);
    this.remove(dropped, (list, count) => list.splice(list.length - count));
  }

  /** The oldest packs, of those that the table has. */
  oldest(count: number): readonly Pack[] {
    return this.packs.slice(0, Math.min(count, this.stored));
  }

  /** How many of the oldest packs it takes to have so many bytes. */
  countOf(bytes: number): number {
    let count = 0;
    for (let sum = 0; sum < bytes && count < this.packs.length; count++) sum += (this.packs[count] as Pack).bytes;
    return count;
  }

  /** Forgets the oldest packs. */
  drop(count: number): void {
    const dropped = this.packs.splice(0, count);
    this.floor = dropped.at(-1)?.key ?? this.floor;
    this.stored -= dropped.length;
    this.settled -= dropped.length;
    this.remove(dropped, (list, share) => list.splice(0, share));
  }

  covers(position: number): boolean {
    return position >= this.floor;
  }

  /** Events after a position in order, or undefined when the tail does not reach back so far. */
  after(position: number, limit: number): StoredEvent[] | undefined {
    if (!this.covers(position)) return undefined;
    const events: StoredEvent[] = [];
    for (let at = firstIndex(this.packs, ({ key }) => key > position); events.length < limit; at++) {
      const pack = this.packs[at];
      if (!pack) break;
      for (const event of pack.events()) if (event.position > position) events.push(event);
    }
    return events.length > limit ? events.slice(0, limit) : events;
  }

  /** Events before a position, newest first: some, if any that comes before it is here. */
  before(position: number, limit: number): StoredEvent[] {
    const events: StoredEvent[] = [];
    for (let at = firstIndex(this.packs, (pack) => pack.position >= position) - 1; at >= 0; at--) {
      if (events.length >= limit) break;
      const pack = (this.packs[at] as Pack).events();
      events.push(...pack.reverse().filter((event) => event.position < position));
    }
    return events.slice(0, limit);
  }

  /** So many packs of a stream, those that end before a revision left out. */
  of(streamId: number, revision: number, limit: number): readonly Pack[] {
    const packs = this.byStream.get(streamId) ?? [];
    if (packs.length === 1) return packs;
    const first = firstIndex(packs, ({ last }) => last >= revision);
    return packs.slice(first, first + limit);
  }

  /** The first revision of a stream that is here. */
  firstRevisionOf(streamId: number): number | undefined {
    return this.byStream.get(streamId)?.[0]?.revision;
  }

  /** The last revision of a stream that is here. */
  lastRevisionOf(streamId: number): number | undefined {
    return this.byStream.get(streamId)?.at(-1)?.last;
  }

  private begin({ streamId, revision, position }: StoredEvent): Pack {
    const pack = new Pack(streamId, revision, position);
    this.push(pack);
    return pack;
  }

  private push(pack: Pack): void {
    this.packs.push(pack);
    const packs = this.byStream.get(pack.streamId);
    if (packs) packs.push(pack);
    else this.byStream.set(pack.streamId, [pack]);
  }

  private remove(dropped: readonly Pack[], cut: (list: Pack[], count: number) => void): void {
    const counts = new Map<number, number>();
    for (const pack of dropped) {
      counts.set(pack.streamId, (counts.get(pack.streamId) ?? 0) + 1);
      this.bytes -= pack.bytes;
      pack.release(this.memory);
    }
    for (const [streamId, count] of counts) {
      const packs = this.byStream.get(streamId) ?? [];
      cut(packs, count);
      if (packs.length === 0) this.byStream.delete(streamId);
    }
  }
}

/** The first index for which something holds that holds for all that follow, found by halving. */
function firstIndex(packs: readonly Pack[], holds: (pack: Pack) => boolean): number {
  let low = 0;
  let high = packs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(packs[middle] as Pack)) high = middle;
    else low = middle + 1;
  }
  return low;
}
