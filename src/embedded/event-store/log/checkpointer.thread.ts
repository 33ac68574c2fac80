import { parentPort, workerData } from 'node:worker_threads';
import { ASKED, AT_WORK, IDLE, type CheckpointerData } from './checkpointer.js';
import { moveWriteAheadLog } from './database.js';

const { path, state } = workerData as CheckpointerData;

const work = (): void => {
  try {
    moveWriteAheadLog(path);
  } catch {
    // Whoever finishes it meets the same fault, and knows what depends on it.
  } finally {
    Atomics.store(state, 0, IDLE);
    Atomics.notify(state, 0);
  }
};

parentPort?.on('message', () => {
  if (Atomics.compareExchange(state, 0, ASKED, AT_WORK) === ASKED) work();
  parentPort?.postMessage(null);
});
