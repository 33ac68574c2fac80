import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import { positionText } from '../../src/platform/redis/position.js';
import { referenceTo } from '../../src/platform/redis/reference.js';
import type { Write } from '../../src/platform/redis/read-model.writer.js';
import type { Change } from '../kernel/change.js';

type Append = Extract<Change, { do: 'append' }>;

const LOWEST = '0';

const writesOf = (keys: Keyspace, change: Change, late: boolean): Write[] => {
  switch (change.do) {
    case 'put':
      return [{ command: 'HSET', key: keys.documents(change.key.group), args: [change.key.id, change.packed] }];
    case 'drop':
      return [{ command: 'HDEL', key: keys.documents(change.key.group), args: [change.key.id] }];
    case 'enter':
      return [{ command: 'ENTER', key: keys.index(change.entry.index), args: [change.entry.member] }];
    case 'leave':
      return [{ command: 'LEAVE', key: keys.index(change.entry.index), args: [change.entry.member] }];
    case 'append':
      return late ? insertions(keys, change) : appends(keys, change);
    case 'refer': {
      const reference = referenceTo(change.position, change.home);
      return [{ command: 'ZADD', key: keys.list(change.list), args: [LOWEST, reference] }];
    }
  }
};

/**
 * An entry goes into the shard's log once; its lists hold its position. A stream takes some ten bytes for one, but four
 * kilobytes to begin with: good for a partner's list. A sorted set takes three times as much, from nothing: good for a
 * customer's.
 */
const appends = (keys: Keyspace, { position, packed, lists }: Append): Write[] => {
  const id = position.toString();
  return [
    { command: 'APPEND', key: keys.log, args: [id, packed] },
    ...lists.map((list): Write => ({ command: 'NOTE', key: keys.list(list), args: [id] })),
  ];
};

/** An entry whose place in the log may be taken by later ones already stands beside it, and is read in its place. */
const insertions = (keys: Keyspace, { position, packed, lists }: Append): Write[] =>
  [null, ...lists].map((list) => ({
    command: 'ZADD',
    key: keys.late(list),
    args: [LOWEST, `${positionText(position)} ${packed}`],
  }));

/**
 * What to write for these changes: one command for each key, for the sake of speed. `late` says that later events may have
 * been applied before.
 */
export const toWrites = (keys: Keyspace, changes: readonly Change[], late = false): Write[] => {
  const merged = new Map<string, Write & { args: string[] }>();
  for (const change of changes)
    for (const write of writesOf(keys, change, late)) {
      const name = write.command + write.key;
      const same = merged.get(name);
      if (same) same.args.push(...write.args);
      else merged.set(name, { ...write, args: [...write.args] });
    }
  return [...merged.values()];
};
