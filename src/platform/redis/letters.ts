import type { ReadModelRedis } from './connection.js';
import { ReadModelUnavailable } from './errors.js';
import type { Keyspace } from './keyspace.js';

const REVISION = 'revision';

/** What a shard has put aside, as it is kept: by position, which sorts. */
export interface KeptLetters {
  /** Changes with every change of them; the empty string for none ever. */
  readonly revision: string;
  readonly packed: ReadonlyMap<string, string>;
}

/** In the order of the log. @throws ReadModelUnavailable */
export const readLetters = async (redis: ReadModelRedis, { letters }: Keyspace): Promise<KeptLetters> => {
  try {
    const { [REVISION]: revision = '', ...byPosition } = await redis.hgetall(letters);
    return { revision, packed: new Map(Object.entries(byPosition).sort(([one], [other]) => (one < other ? -1 : 1))) };
  } catch (error) {
    throw new ReadModelUnavailable('read-model-unavailable', error);
  }
};

/** The letters' revision alone. @throws ReadModelUnavailable */
export const lettersRevision = async (redis: ReadModelRedis, { letters }: Keyspace): Promise<string> => {
  try {
    return (await redis.hget(letters, REVISION)) ?? '';
  } catch (error) {
    throw new ReadModelUnavailable('read-model-unavailable', error);
  }
};
