import { setTimeout as sleep } from 'node:timers/promises';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { readModelStatus } from '../../projections/runner/status.js';

/** Looking itself takes the machine's time from what is measured. */
const LOOK_MS = 25;
const LONGEST_MS = 1_800_000;

/** How far the read model that is behind all others has looked at the log; null while one has not begun. */
export const slowest = async (redis: ReadModelRedis): Promise<bigint | null> => {
  const positions = (await readModelStatus(redis, READ_MODELS)).map(({ position }) => position);
  return positions.reduce<bigint | null>(
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
