import { setTimeout as sleep } from 'node:timers/promises';
import { BACKWARDS, END } from '@eventstore/db-client';
import { entriesIn } from '../service/catch-up.js';
import { say } from '../service/progress.js';
import { untilReached } from '../service/read-models.js';
import type { Stage } from '../service/stage.js';

const LOOK_MS = 200;
const TELL_EVERY = 250_000;
const MILLION = 1_000_000;

export interface Rebuilt {
  readonly seconds: number;
  /** When the first million events were in; null when there were not so many. */
  readonly millionSeconds: number | null;
}

const newest = async ({ store }: Stage): Promise<bigint> => {
  let position = 0n;
  for await (const { event } of store.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
    position = event?.position?.commit ?? position;
  return position;
};

/** Starts the service on a log that is there, and waits until all read models are built from it. */
export const rebuild = async (stage: Stage): Promise<Rebuilt> => {
  const last = await newest(stage);
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1_000;
  await stage.startService();
  const watch = { over: false, million: null as number | null };
  const watching = (async () => {
    for (let told = 0; !watch.over; await sleep(LOOK_MS)) {
      const entries = await entriesIn(stage.redis);
      if (entries >= MILLION) watch.million ??= elapsed();
      if (entries - told >= TELL_EVERY) say(`… ${(told = entries)} events in the read models`);
    }
  })();
  await untilReached(stage.redis, last);
  const seconds = elapsed();
  watch.over = true;
  await watching;
  return { seconds, millionSeconds: watch.million };
};
