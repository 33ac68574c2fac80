import { Redis } from 'ioredis';
import { log } from '../telemetry/log.js';
import { SCRIPTS } from './scripts.js';

export type Rows = (string | null)[] | null;

interface Scripted {
  applyBatch(
    numberOfKeys: number,
    ...keysAndArguments: (string | number)[]
  ): Promise<[applied: number, found: string | null, revision: string]>;
  planBuild(builds: string, version: number, asked: '0' | '1', known: string): Promise<string>;
  swapBuild(builds: string, next: string): Promise<number>;
  holdLeases(members: string, holders: string, holder: string, ms: number, shards: number): Promise<number[]>;
  releaseLeases(members: string, holders: string, holder: string, shards: number): Promise<null>;
  readDocument(checkpoint: string, live: string, documents: string, id: string): Promise<Rows>;
  readIndex(
    ...keysBoundsAndCount: [...keys: [string, string, string, string], first: string, last: string, count: number]
  ): Promise<Rows>;
  readKinds(
    ...keysBoundsCountAndKinds: [
      ...keys: [string, string, string, string],
      ...bounds: [first: string, last: string, count: number],
      ...kinds: string[],
    ]
  ): Promise<Rows>;
  readLog(
    ...keysAfterAndCount: [...keys: [string, string, string, string, string], after: string, count: number]
  ): Promise<Rows>;
  readReferences(checkpoint: string, live: string, list: string, after: string, count: number): Promise<Rows>;
  readEntries(checkpoint: string, live: string, log: string, late: string, ...positions: string[]): Promise<Rows>;
}

/** A connection that knows the scripts of the read models. */
export type ReadModelRedis = Redis & Scripted;

/** Injection tokens of the connections: one answers queries, and one is told how far the read models are. */
export const QUERY_REDIS = Symbol('QUERY_REDIS');
export const SUBSCRIBER_REDIS = Symbol('SUBSCRIBER_REDIS');

const CONNECT_MS = 1_000;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Connects, and again for ever when the connection is lost. A command waits for `commandTimeout` milliseconds at most
 * and is never queued while there is no connection: it fails, and its caller decides. Commands of one turn travel
 * `together`, and those of the next wait until they are answered: many small ones cost less so, long ones wait in vain.
 */
export const connectRedis = (url: string, name: string, commandTimeout: number, together = true): ReadModelRedis => {
  const redis = new Redis(url, {
    connectionName: name,
    connectTimeout: CONNECT_MS,
    commandTimeout,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    enableAutoPipelining: together,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(50 * times, LONGEST_PAUSE_MS),
    scripts: SCRIPTS,
  });
  let told = false;
  redis.on('error', (error) => {
    if (!told) log.warn({ err: error, connection: name, remedy: 'reconnects by itself' }, 'no connection to redis');
    told = true;
  });
  redis.on('ready', () => {
    if (told) log.info({ connection: name }, 'connected to redis again');
    told = false;
  });
  return redis as ReadModelRedis;
};

/** The connection once it stands, or after a second as it is: then it is being made for as long as it takes. */
export const onceConnected = async (redis: ReadModelRedis): Promise<ReadModelRedis> => {
  if (redis.status === 'ready') return redis;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CONNECT_MS);
    redis.once('ready', resolve);
  });
  clearTimeout(timer);
  return redis;
};
