import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import { referenceTo } from '../../src/platform/redis/reference.js';
import type { Write } from '../../src/platform/redis/read-model.writer.js';
import type { Change } from '../kernel/change.js';

const LOWEST = '0';

const writesOf = (keys: Keyspace, change: Change): Write[] => {
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
      return appends(keys, change);
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
const appends = (keys: Keyspace, { position, packed, lists }: Extract<Change, { do: 'append' }>): Write[] => {
  const id = `${position}-0`;
  return [
    { command: 'XADD', key: keys.log, args: [id, 'e', packed] },
    ...lists.map((list): Write => ({ command: 'XADD', key: keys.list(list), args: [id, 'e', ''] })),
  ];
};

/** What to write for these changes: one command for each key where the command takes many, for the sake of speed. */
export const toWrites = (keys: Keyspace, changes: readonly Change[]): Write[] => {
  const single: Write[] = [];
  const merged = new Map<string, Write & { args: string[] }>();
  for (const write of changes.flatMap((change) => writesOf(keys, change))) {
    const same = merged.get(write.command + write.key);
    if (write.command === 'XADD') single.push(write);
    else if (same) same.args.push(...write.args);
    else merged.set(write.command + write.key, { ...write, args: [...write.args] });
  }
  return [...merged.values(), ...single];
};
