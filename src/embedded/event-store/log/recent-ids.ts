const HALF = 50_000;
/** A power of two, so many that few entries meet in a slot. */
const SLOTS = 2 ** 17;
const WORDS = 4;
const [DASH, NINE] = [45, 57];
const TAKEN_BACK = -1;
/** So many ids at most wait to be entered. */
const WAITING = 1_000;

interface Added {
  readonly id: string;
  readonly streamId: number;
  readonly revision: number;
}

/**
 * The ids of events written lately by this process, at least the last 50 000: how a repeat is known when no exact revision
 * is expected. They are kept as numbers, because so many strings would be looked after by every collection of garbage,
 * and entered when the answers of the turn have left, unless one is asked for before.
 */
export class RecentIds {
  private young = new IdTable();
  private old = new IdTable();
  private readonly words = new Uint32Array(WORDS);
  private waiting: Added[] = [];

  /** The first event under an id counts, whatever its stream, as on a real node. */
  add(id: string, streamId: number, revision: number): void {
    const waiting = this.waiting.push({ id, streamId, revision });
    if (waiting === 1) setImmediate(() => this.enterAll());
    else if (waiting === WAITING) this.enterAll();
  }

  private enterAll(): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    for (const added of waiting) this.enter(added);
  }

  private enter({ id, streamId, revision }: Added): void {
    this.read(id);
    if (this.old.has(this.words) || !this.young.add(this.words, streamId, revision)) return;
    if (this.young.size < HALF) return;
    [this.young, this.old] = [this.old, this.young];
    this.young.clear();
  }

  revisionOf(id: string, streamId: number): number | undefined {
    this.enterAll();
    this.read(id);
    const found = this.young.find(this.words) ?? this.old.find(this.words);
    return found?.streamId === streamId ? found.revision : undefined;
  }

  /** Takes an id back whose event was not committed. */
  remove(id: string, streamId: number, revision: number): void {
    this.enterAll();
    this.read(id);
    for (const table of [this.young, this.old]) table.remove(this.words, streamId, revision);
  }

  /** @param id lower-case canonical text */
  private read(id: string): void {
    let at = 0;
    for (let word = 0; word < WORDS; word++) {
      let value = 0;
      for (let digits = 0; digits < 8; at++) {
        const code = id.charCodeAt(at);
        if (code === DASH) continue;
        value = (value << 4) | (code <= NINE ? code - 48 : code - 87);
        digits++;
      }
      this.words[word] = value;
    }
  }
}

/** A hash table with open addressing. */
class IdTable {
  size = 0;
  private readonly slots = new Uint16Array(SLOTS);
  private readonly ids = new Uint32Array(WORDS * HALF);
  private readonly streams = new Float64Array(HALF);
  private readonly revisions = new Float64Array(HALF);

  has(id: Uint32Array): boolean {
    const entry = this.entryOf(id);
    return entry !== undefined && this.streams[entry] !== TAKEN_BACK;
  }

  find(id: Uint32Array): { readonly streamId: number; readonly revision: number } | undefined {
    const entry = this.entryOf(id);
    if (entry === undefined || this.streams[entry] === TAKEN_BACK) return undefined;
    return { streamId: this.streams[entry] as number, revision: this.revisions[entry] as number };
  }

  /** Adds an id, unless it is here and was not taken back. */
  add(id: Uint32Array, streamId: number, revision: number): boolean {
    const slot = this.slotOf(id);
    const entry = (this.slots[slot] || this.begin(id, slot)) - 1;
    if (this.streams[entry] !== TAKEN_BACK) return false;
    this.streams[entry] = streamId;
    this.revisions[entry] = revision;
    return true;
  }

  remove(id: Uint32Array, streamId: number, revision: number): void {
    const entry = this.entryOf(id);
    if (entry === undefined || this.streams[entry] !== streamId || this.revisions[entry] !== revision) return;
    this.streams[entry] = TAKEN_BACK;
  }

  clear(): void {
    this.slots.fill(0);
    this.size = 0;
  }

  /** @returns what stands for the new entry in its slot */
  private begin(id: Uint32Array, slot: number): number {
    this.ids.set(id, this.size * WORDS);
    this.streams[this.size] = TAKEN_BACK;
    return (this.slots[slot] = ++this.size);
  }

  private entryOf(id: Uint32Array): number | undefined {
    const entry = this.slots[this.slotOf(id)] as number;
    return entry === 0 ? undefined : entry - 1;
  }

  /** That of an id, or the free one where it belongs. */
  private slotOf(id: Uint32Array): number {
    let slot = hashOf(id) & (SLOTS - 1);
    for (let entry; (entry = this.slots[slot]) !== 0 && !this.isAt((entry as number) - 1, id);) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  private isAt(entry: number, id: Uint32Array): boolean {
    for (let word = 0; word < WORDS; word++) if (this.ids[entry * WORDS + word] !== id[word]) return false;
    return true;
  }
}

function hashOf(id: Uint32Array): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word++) hash = Math.imul(hash ^ (id[word] as number), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
