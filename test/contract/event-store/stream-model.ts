/** What a writer expects of a stream. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

/** A revision when the write is done, or a repetition of one that was; otherwise the error's type. */
export type Written = number | 'wrong-expected-version' | 'stream-deleted';

/** What a reader finds: the ids that are visible, or the error's type. */
export type Found = readonly string[] | 'stream-not-found' | 'stream-deleted';

const WRONG = 'wrong-expected-version';
const DELETED = 'stream-deleted';

/** One stream as an EventStoreDB node keeps it, told as shortly as possible. */
export class StreamModel {
  private readonly ids: string[] = [];
  /** Where the node first wrote an id; it knows that until it is started again. */
  private recent = new Map<string, number>();
  private described = false;
  private deleted = false;
  private tombstoned = false;
  private truncateBefore = 0;
  private maxCount = Infinity;

  get last(): number {
    return this.ids.length - 1;
  }

  append(expected: Expected, ids: readonly string[]): Written {
    const found = this.find(expected, ids);
    if (found !== 'new') return found;
    if (this.deleted) this.revive();
    for (const id of ids) {
      const revision = this.ids.push(id) - 1;
      if (!this.recent.has(id)) this.recent.set(id, revision);
    }
    return this.last;
  }

  delete(expected: Expected): Written {
    const found = this.find(expected, ['an id that nobody has']);
    if (found !== 'new') return found;
    if (this.last === -1 && !this.described) return WRONG;
    this.describe({ truncateBefore: Infinity });
    this.deleted = true;
    return this.last;
  }

  tombstone(expected: Expected): Written {
    const found = this.find(expected, ['an id that nobody has']);
    if (found !== 'new') return found;
    this.tombstoned = true;
    return this.last;
  }

  /** New metadata replaces the old; what was deleted before stays hidden. */
  describe(metadata: { readonly truncateBefore?: number; readonly maxCount?: number }): void {
    const revived = this.deleted;
    this.described = true;
    this.truncateBefore = metadata.truncateBefore ?? 0;
    this.maxCount = metadata.maxCount ?? Infinity;
    if (revived) this.revive();
  }

  read(): Found {
    if (this.tombstoned) return DELETED;
    if (this.deleted || this.last === -1) return 'stream-not-found';
    return this.ids.slice(Math.max(this.truncateBefore, this.last - this.maxCount + 1, 0));
  }

  /** The node was killed and started again. */
  restart(): void {
    this.recent = new Map();
  }

  private revive(): void {
    this.deleted = false;
    this.truncateBefore = this.last + 1;
  }

  private find(expected: Expected, ids: readonly string[]): Written | 'new' {
    if (this.tombstoned) return DELETED;
    if (expected === 'stream_exists' && this.deleted) return DELETED;
    if (expected === 'stream_exists' && this.last === -1 && !this.described) return WRONG;
    return typeof expected === 'number' || expected === 'no_stream' ? this.findAt(expected, ids) : this.findRecent(ids);
  }

  private findRecent(ids: readonly string[]): Written | 'new' {
    const known = ids.map((id) => this.recent.get(id));
    if (known[0] === undefined) return 'new';
    return known.includes(undefined) ? WRONG : (known.at(-1) as number);
  }

  private findAt(expected: number | 'no_stream', ids: readonly string[]): Written | 'new' {
    const after = expected === 'no_stream' ? -1 : expected;
    if (after === this.last) return 'new';
    const same = ids.map((id, i) => this.ids[after + 1 + i] === id);
    if (after < this.last && !same.includes(false)) return after + ids.length;
    return expected === 'no_stream' && this.deleted && same[0] === false ? 'new' : WRONG;
  }
}
