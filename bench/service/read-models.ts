import { setTimeout as sleep } from 'node:timers/promises';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { Keyspace } from '../../src/platform/redis/keyspace.js';
import { positionFrom } from '../../src/platform/redis/position.js';

const LOOK_MS = 5;
const LONGEST_MS = 1_800_000;

const keyspaces = READ_MODELS.map(({ name, version }) => new Keyspace(name, version));

/** How far the read model that is behind all others has looked at the log; null while one has not begun. */
export const slowest = async (redis: ReadModelRedis): Promise<bigint | null> => {
  const found = await redis.mget(...keyspaces.map(({ checkpoint }) => checkpoint));
  const positions = found.map(positionFrom);
  return positions.reduce(
    (least, one) => (least === null || one === null ? null : one < least ? one : least),
    2n ** 64n,
  );
};

/** Until every read model has looked at everything up to here. */
export const untilReached = async (redis: ReadModelRedis, position: bigint): Promise<void> => {
  const deadline = Date.now() + LONGEST_MS;
  for (let at = await slowest(redis); at === null || at < position; at = await slowest(redis)) {
    if (Date.now() > deadline) throw new Error(`The read models stand at ${at} and do not reach ${position}.`);
    await sleep(LOOK_MS);
  }
};
