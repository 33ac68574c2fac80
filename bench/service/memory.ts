import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';

const AT_ONCE = 5_000;

/** How many bytes Redis needs for everything under keys that begin so: keys and values, every one looked at. */
const bytesUnder = async (redis: ReadModelRedis, prefix: string): Promise<number> => {
  let [bytes, cursor] = [0, '0'];
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', AT_ONCE);
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.memory('USAGE', key, 'SAMPLES', 0);
    for (const [, usage] of (await pipeline.exec()) ?? []) bytes += Number(usage);
    cursor = next;
  } while (cursor !== '0');
  return bytes;
};

/** What Redis says it uses in all, in bytes. */
export const usedMemory = async (redis: ReadModelRedis): Promise<number> =>
  Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);

/** Bytes by the read model's name. */
export const bytesOfModels = async (redis: ReadModelRedis): Promise<Record<string, number>> => {
  const sizes: Record<string, number> = {};
  for (const { name } of READ_MODELS) sizes[name] = await bytesUnder(redis, `{${name}:`);
  return sizes;
};
