import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import { positionText } from '../../src/platform/redis/position.js';
import { referenceTo } from '../../src/platform/redis/reference.js';
import type { Write } from '../../src/platform/redis/read-model.writer.js';
import type { Change } from '../kernel/change.js';

type Append = Extract<Change, { do: 'append' }>;
type KeyOf = (keys: Keyspace, name: string) => string;

const documents: KeyOf = (keys, name) => keys.documents(name);
const index: KeyOf = (keys, name) => keys.index(name);
const list: KeyOf = (keys, name) => keys.list(name);
const log: KeyOf = (keys) => keys.log;
const late: KeyOf = (keys, name) => keys.late(name === '' ? null : name);

/** The arguments of one command for each key of a kind. */
class Arguments {
  private readonly byName = new Map<string, string[]>();

  constructor(
    private readonly command: Write['command'],
    private readonly keyOf: KeyOf,
  ) {}

  of(name: string): string[] {
    const known = this.byName.get(name);
    if (known) return known;
    const args: string[] = [];
    this.byName.set(name, args);
    return args;
  }

  writes(keys: Keyspace): Write[] {
    return [...this.byName].map(([name, args]) => ({ command: this.command, key: this.keyOf(keys, name), args }));
  }
}

/** What some changes come to, put together key by key. */
class Gathered {
  private readonly puts = new Arguments('HSET', documents);
  private readonly drops = new Arguments('HDEL', documents);
  private readonly entered = new Arguments('ENTER', index);
  private readonly left = new Arguments('LEAVE', index);
  private readonly entries = new Arguments('APPEND', log);
  private readonly notes = new Arguments('NOTE', list);
  private readonly references = new Arguments('REFER', list);
  private readonly lateEntries = new Arguments('REFER', late);

  add(change: Change, isLate: boolean): void {
    switch (change.do) {
      case 'put':
        return void this.puts.of(change.key.group).push(change.key.id, change.packed);
      case 'drop':
        return void this.drops.of(change.key.group).push(change.key.id);
      case 'enter':
        return void this.entered.of(change.entry.index).push(change.entry.member);
      case 'leave':
        return void this.left.of(change.entry.index).push(change.entry.member);
      case 'append':
        return isLate ? this.insert(change) : this.append(change);
      case 'refer':
        return void this.references.of(change.list).push(referenceTo(change.position, change.home));
    }
  }

  writes(keys: Keyspace): Write[] {
    const { puts, drops, left, entered, entries, notes, references, lateEntries } = this;
    const all = [puts, drops, left, entered, entries, notes, references, lateEntries];
    return all.flatMap((some) => some.writes(keys));
  }

  /**
   * An entry goes into the shard's log once; its lists hold its position. A stream takes some ten bytes for one, but four
   * kilobytes to begin with: good for a partner's list. A sorted set takes three times as much, from nothing: good for a
   * customer's.
   */
  private append({ position, packed, lists }: Append): void {
    const id = position.toString();
    this.entries.of('').push(id, packed);
    for (const name of lists) this.notes.of(name).push(id);
  }

  /** An entry whose place in the log may be taken by later ones already stands beside it, and is read in its place. */
  private insert({ position, packed, lists }: Append): void {
    const entry = `${positionText(position)} ${packed}`;
    for (const name of ['', ...lists]) this.lateEntries.of(name).push(entry);
  }
}

/**
 * What to write for these changes: one command for each key, for the sake of speed. `isLate` says that later events may
 * have been applied before.
 */
export const toWrites = (keys: Keyspace, changes: readonly Change[], isLate = false): Write[] => {
  const gathered = new Gathered();
  for (const change of changes) gathered.add(change, isLate);
  return gathered.writes(keys);
};
