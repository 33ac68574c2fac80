import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../../../src/platform/config/config.js';
import type { ReadModelRedis } from '../../../src/platform/redis/connection.js';
import { connectRedis, onceConnected } from '../../../src/platform/redis/connection.js';
import { READ_MODELS } from '../read-models.js';
import { rebuild } from './rebuild.js';
import { redisAddress } from './redis-address.js';
import { showStatus } from './show-status.js';

const COMMAND_MS = 2_000;
const USAGE = `npm run projections -- status [--json]
npm run projections -- rebuild <${READ_MODELS.map(({ name }) => name).join(' | ')}>`;

class UsageError extends Error {}

const carryOut = (redis: ReadModelRedis, [command, name]: readonly string[], json: boolean): Promise<string> => {
  if (command === 'status') return showStatus(redis, READ_MODELS, json);
  const model = READ_MODELS.find((one) => one.name === name);
  if (command === 'rebuild' && model) return rebuild(redis, model, process.stderr);
  throw new UsageError(USAGE);
};

/** Looks after the read models of the service that is configured as this process is. */
const run = async (): Promise<string> => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
  const address = redisAddress(loadConfig({ ...process.env, ROLES: 'all' }));
  if (address === null) throw new ConfigError('REDIS_URL must be set, or the service be running on DATA_DIR.');
  const redis = await onceConnected(connectRedis(address, 'projections command', COMMAND_MS));
  try {
    return await carryOut(redis, positionals, values.json ?? false);
  } finally {
    redis.disconnect();
  }
};

run().then(
  (answer) => process.stdout.write(`${answer}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
