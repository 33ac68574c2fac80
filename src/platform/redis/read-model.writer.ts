import { inByteOrder } from './byte-order.js';
import type { ReadModelRedis } from './connection.js';
import { BuildGone, ReadModelUnavailable } from './errors.js';
import type { Keyspace } from './keyspace.js';
import { GONE } from './keyspace.js';
import { positionFrom, positionText } from './position.js';

/**
 * One command with its arguments after the key. ENTER and LEAVE are those of a sorted list, with its members; APPEND has
 * positions and entries of a log in turn, NOTE the positions of a list's entries, REFER the members of a set without scores.
 */
export interface Write {
  readonly command: 'HSET' | 'HDEL' | 'APPEND' | 'NOTE' | 'REFER' | 'ENTER' | 'LEAVE';
  readonly key: string;
  readonly args: readonly string[];
}

export interface Step {
  /** The checkpoint the writes rest on; null for none yet. */
  readonly from: bigint | null;
  readonly to: bigint | null;
  /** Whether `to` is the log's end: the shard is whole then. */
  readonly atEnd: boolean;
  readonly writes: readonly Write[];
  /** The revision of the letters that the writes rest on, and whether these are among what is written. */
  readonly letters: { readonly revision: string; readonly change: boolean };
}

/** Whether the step was taken, the checkpoint that was found, and the letters' revision as it is now. */
export interface Taken {
  readonly taken: boolean;
  readonly found: bigint | null;
  readonly revision: string;
}

const answerOf = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw new ReadModelUnavailable('read-model-unavailable', error);
  });

const checkpointFrom = (text: string | null): bigint | null => {
  if (text === GONE) throw new BuildGone('The build has been cleared away.');
  return positionFrom(text);
};

const textOf = (position: bigint | null): string => (position === null ? '' : positionText(position));

const ESCAPES = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

/** JSON that Redis reads as it would the texts themselves: half a character, in an old event at most, becomes U+FFFD. */
const redisJson = (value: unknown): string => {
  const json = JSON.stringify(value);
  return json.includes('\\ud') ? json.replace(ESCAPES, (found) => (found === '\\\\' ? found : '\ufffd')) : json;
};

/**
 * Takes the whole step, or none of it when the checkpoint or the letters are not the expected ones: another was faster,
 * or all is gone.
 * @throws ReadModelUnavailable when the outcome is not known; the checkpoint tells it later. BuildGone
 */
export const takeStep = async (redis: ReadModelRedis, keys: Keyspace, step: Step): Promise<Taken> => {
  const written = [...new Set(step.writes.map(({ key }) => key))];
  const numbers = new Map(written.map((key, at) => [key, at + 4]));
  const encoded = step.writes.map(({ command, key, args }) => [
    command,
    numbers.get(key),
    ...(command === 'ENTER' ? inByteOrder(args) : args),
  ]);
  const answer = redis.applyBatch(
    3 + written.length,
    ...[keys.checkpoint, keys.live, keys.letters],
    ...written,
    textOf(step.from),
    textOf(step.to),
    step.atEnd ? '1' : '0',
    step.letters.revision,
    step.letters.change ? '1' : '0',
    redisJson(encoded),
  );
  const [taken, found, revision] = await answerOf(answer);
  return { taken: taken === 1, found: checkpointFrom(found), revision };
};

/** How far the shard has looked at the log; null when it is to be built from the beginning. @throws BuildGone */
export const readCheckpoint = async (redis: ReadModelRedis, keys: Keyspace): Promise<bigint | null> =>
  checkpointFrom(await answerOf(redis.get(keys.checkpoint)));

export interface Field {
  readonly key: string;
  readonly field: string;
}

/** What these fields hold, in their order; what is asked for in one turn travels together. @throws ReadModelUnavailable */
export const readFields = async (redis: ReadModelRedis, wanted: readonly Field[]): Promise<(string | null)[]> => {
  const byKey = new Map<string, string[]>();
  for (const { key, field } of wanted) {
    const fields = byKey.get(key);
    if (fields) fields.push(field);
    else byKey.set(key, [field]);
  }
  const asked = [...byKey].map(async ([key, fields]) => [key, (await redis.hmget(key, ...fields)).values()] as const);
  const found = new Map(await answerOf(Promise.all(asked)));
  return wanted.map(({ key }) => found.get(key)?.next().value ?? null);
};
