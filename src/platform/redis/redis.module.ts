import type { OnApplicationShutdown } from '@nestjs/common';
import { Global, Inject, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.js';
import type { ReadModelRedis } from './connection.js';
import { QUERY_REDIS, SUBSCRIBER_REDIS, connectRedis, onceConnected } from './connection.js';
import { LiveBuilds } from './live-builds.service.js';
import { Positions } from './positions.service.js';
import { ReadModelReader } from './read-model.reader.js';

/** How long a query may take in milliseconds. */
export const QUERY_MS = 500;

const urlOf = ({ redisUrl }: Config): string => {
  if (redisUrl === undefined) throw new Error('REDIS_URL must be set, or an embedded Redis be started before.');
  return redisUrl;
};

const connect = (config: Config, name: string) => onceConnected(connectRedis(urlOf(config), name, QUERY_MS));

/** The connections to Redis, which holds nothing that cannot be rebuilt from the log. */
@Global()
@Module({
  providers: [
    { provide: QUERY_REDIS, inject: [CONFIG], useFactory: (c: Config) => connect(c, 'queries') },
    { provide: SUBSCRIBER_REDIS, inject: [CONFIG], useFactory: (c: Config) => connect(c, 'positions') },
    LiveBuilds,
    Positions,
    ReadModelReader,
  ],
  exports: [QUERY_REDIS, Positions, ReadModelReader],
})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(QUERY_REDIS) private readonly queries: ReadModelRedis) {}

  onApplicationShutdown(): void {
    this.queries.disconnect();
  }
}
