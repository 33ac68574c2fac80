import { parentPort, workerData } from 'node:worker_threads';
import { EVENT_SCHEMAS } from '../../src/catalogue/catalogue.js';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import { pause } from '../../src/platform/event-store/within.js';
import { connectRedis, onceConnected } from '../../src/platform/redis/connection.js';
import { surviveClientFaults } from '../../src/platform/telemetry/client-faults.js';
import { READ_MODELS } from './read-models.js';
import type { RunnerAddresses } from './runner.module.js';
import { BATCH_MS, Runner } from './runner.js';

const LOOK_MS = 10;

surviveClientFaults();
const { eventStoreUrl, redisUrl } = workerData as RunnerAddresses;
const events = new EventStore(eventStoreUrl, EVENT_SCHEMAS);
const redis = await onceConnected(connectRedis(redisUrl, 'projections', BATCH_MS, false));
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());
const runner = new Runner(events, redis, READ_MODELS);

/** Tells when all that is fed here is whole. */
const tellOnceWhole = async () => {
  while (!stop.signal.aborted && !runner.isWhole) await pause(LOOK_MS, stop.signal);
  parentPort?.postMessage('whole');
};
await Promise.all([runner.run(stop.signal), tellOnceWhole()]);
redis.disconnect();
await events.onApplicationShutdown();
