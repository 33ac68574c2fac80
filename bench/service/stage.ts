import { EventStoreDBClient } from '@eventstore/db-client';
import type { ReadModelRedis } from '../../src/platform/redis/connection.js';
import { connectRedis } from '../../src/platform/redis/connection.js';
import type { Server } from '../../test/support/servers.js';
import { scratchFolder, startEventStore, startRedis } from '../../test/support/servers.js';
import type { Service } from '../../test/support/service.js';
import { Issuer, startService } from '../../test/support/service.js';

const ADMIN_MS = 120_000;

/** A node, a redis-server and an identity provider of their own; the built service once it is started. */
export class Stage {
  private service: Service | null = null;

  private constructor(
    readonly store: EventStoreDBClient,
    readonly redis: ReadModelRedis,
    readonly redisUrl: string,
    readonly issuer: Issuer,
    private readonly env: Record<string, string>,
    private readonly servers: readonly Server[],
    private readonly remove: () => Promise<void>,
  ) {}

  /** `write` may fill the folder of the log before there is a node on it. */
  static async open(write?: (logFolder: string) => Promise<void>): Promise<Stage> {
    const folder = await scratchFolder();
    await write?.(`${folder.path}/event-store`);
    const [node, redis, issuer] = await Promise.all([
      startEventStore(`${folder.path}/event-store`),
      startRedis(folder.path),
      Issuer.in(folder.path),
    ]);
    const env = { EVENTSTORE_URL: node.url, REDIS_URL: redis.url, DATA_DIR: `${folder.path}/data` };
    const store = EventStoreDBClient.connectionString(node.url);
    const connection = connectRedis(redis.url, 'bench', ADMIN_MS);
    await new Promise((resolve) => connection.once('ready', resolve));
    const all = { ...env, ...issuer.environment };
    return new Stage(store, connection, redis.url, issuer, all, [node, redis], folder.remove);
  }

  get url(): string {
    if (!this.service) throw new Error('The service is not started.');
    return this.service.url;
  }

  async startService(): Promise<void> {
    this.service = await startService(this.env);
  }

  async close(): Promise<void> {
    await this.service?.kill('SIGTERM');
    await this.store.dispose();
    this.redis.disconnect();
    await Promise.all(this.servers.map((server) => server.kill()));
    await this.remove();
  }
}
