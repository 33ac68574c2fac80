import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import type { KeptLetters } from '../../src/platform/redis/letters.js';
import { readLetters } from '../../src/platform/redis/letters.js';
import { positionText } from '../../src/platform/redis/position.js';
import type { Write } from '../../src/platform/redis/read-model.writer.js';
import type { Letter } from '../kernel/letter.js';
import type { Parked } from '../kernel/parking.js';

/** How many events a shard of a read model puts aside before it stops. */
export const LETTERS_LIMIT = 100;

/** The letters of a shard as they were read, or changed, last. */
export interface Letters {
  readonly revision: string;
  readonly all: readonly Letter[];
}

export const NO_LETTERS: Letters = { revision: '', all: [] };

const unpacked = ({ revision, packed }: KeptLetters): Letters => ({
  revision,
  all: [...packed.values()].map((text) => JSON.parse(text) as Letter),
});

/** The letters of a shard, in log order. @throws ReadModelUnavailable */
export const lettersOf = async (redis: ReadModelRedis, keys: Keyspace): Promise<Letters> =>
  unpacked(await readLetters(redis, keys));

/** What is kept of an event that is put aside: nothing of what it says. */
export const letterFor = ({ fact, reason, behind, holds }: Parked, at: string): Letter => ({
  position: fact.position.toString(),
  eventId: fact.id,
  type: fact.event.type,
  stream: fact.stream,
  revision: fact.revision.toString(),
  ...{ reason, behind, at, holds },
});

/** Puts letters on the list, or new ones in the place of those of the same events. */
export const keeping = (keys: Keyspace, letters: readonly Letter[]): Write[] =>
  letters.map((letter) => ({
    command: 'HSET',
    key: keys.letters,
    args: [positionText(BigInt(letter.position)), JSON.stringify(letter)],
  }));

/** Takes letters off the list. */
export const settling = (keys: Keyspace, letters: readonly Letter[]): Write[] =>
  letters.map(({ position }) => ({ command: 'HDEL', key: keys.letters, args: [positionText(BigInt(position))] }));
