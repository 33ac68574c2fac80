import { join, resolve } from 'node:path';
import type { Config } from '../platform/config/config.js';
import { freshSocketPath, lockDataFolder } from './data-folder.js';
import { startEventStore } from './event-store-server.js';
import type { EventStoreServer } from './event-store-server.js';
import { startRedis } from './redis-server.js';
import { Supervisor } from './supervisor.js';

/** The servers this service works with, wherever they run. */
export interface Servers {
  readonly eventStoreUrl: string;
  readonly redisUrl: string;
  /** Stops those that were started here. */
  stop(): Promise<void>;
}

/**
 * Starts what the configuration gives no address for: an event store and a Redis under the data folder, kept running
 * until stopped, gone when this process is gone.
 * @throws EmbeddedServerError in one sentence, when the folder is in use or a server is not ready in time
 */
export const startEmbedded = async (config: Config): Promise<Servers> => {
  const { eventStoreUrl, redisUrl } = config;
  if (eventStoreUrl && redisUrl) return { eventStoreUrl, redisUrl, stop: async () => undefined };
  const dataDir = resolve(config.dataDir);
  const lock = await lockDataFolder(dataDir);
  const redisSocket = await freshSocketPath(dataDir, 'redis');
  const eventStore = new Supervisor('event store', eventStoreIn(join(dataDir, 'event-store')));
  const redis = new Supervisor('redis', () => startRedis(join(dataDir, 'redis'), redisSocket));
  const stop = async () => {
    await Promise.all([eventStore.stop(), redis.stop()]);
    await lock.release();
  };
  try {
    const urls = await Promise.all([
      eventStoreUrl ?? eventStore.start().then(urlOf),
      redisUrl ?? redis.start().then(() => redisSocket),
    ]);
    return { eventStoreUrl: urls[0], redisUrl: urls[1], stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** A restarted event store keeps the port of the first one: the address handed out stays true. */
const eventStoreIn = (folder: string) => {
  let port = 0;
  return async (): Promise<EventStoreServer> => {
    const server = await startEventStore(folder, port);
    port = server.port;
    return server;
  };
};

/** Keepalive lets subscriptions notice a node that is frozen for good; calls have timers of their own. */
const urlOf = ({ port }: EventStoreServer): string =>
  `esdb://127.0.0.1:${port}?tls=false&keepAliveInterval=10000&keepAliveTimeout=3000`;
