import { parseArgs } from 'node:util';
import { EVENT_SCHEMAS } from '../../../src/catalogue/catalogue.js';
import type { Config } from '../../../src/platform/config/config.js';
import { ConfigError, loadConfig } from '../../../src/platform/config/config.js';
import { EventStore } from '../../../src/platform/event-store/event-store.js';
import type { ReadModelRedis } from '../../../src/platform/redis/connection.js';
import { connectRedis, onceConnected } from '../../../src/platform/redis/connection.js';
import type { ReadModel } from '../../kernel/changes.js';
import { READ_MODELS } from '../read-models.js';
import { eventStoreAddress, redisAddress } from './addresses.js';
import { rebuild } from './rebuild.js';
import type { Servers } from './settle.js';
import { retry, skip } from './settle.js';
import { showLetters } from './show-letters.js';
import { showStatus } from './show-status.js';

const COMMAND_MS = 2_000;
const USAGE = `npm run projections -- status [--json]
npm run projections -- rebuild <read model>
npm run projections -- letters [read model] [--json]
npm run projections -- retry <read model> <position | all>
npm run projections -- skip <read model> <position> --reason "…"
Read models: ${READ_MODELS.map(({ name }) => name).join(', ')}`;

class UsageError extends Error {}

interface Asked {
  readonly config: Config;
  readonly redis: ReadModelRedis;
  readonly model: ReadModel | undefined;
  readonly position: string | undefined;
  readonly json: boolean;
  readonly reason: string;
}

const wrongly = (): never => {
  throw new UsageError(USAGE);
};

/** Works with the log as well. */
const withLog = async ({ config, redis }: Asked, work: (servers: Servers) => Promise<string>): Promise<string> => {
  const address = eventStoreAddress(config);
  if (address === null) throw new ConfigError('EVENTSTORE_URL must be set, or the service be running on DATA_DIR.');
  const events = new EventStore(address, EVENT_SCHEMAS);
  try {
    return await work({ redis, events });
  } finally {
    await events.onApplicationShutdown();
  }
};

const COMMANDS: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  status: ({ redis, json }) => showStatus(redis, READ_MODELS, json),
  letters: ({ redis, model, json }) => showLetters(redis, model ? [model] : READ_MODELS, json),
  rebuild: async ({ redis, model }) => (model ? rebuild(redis, model, process.stderr) : wrongly()),
  retry: async (asked) => {
    const { model, position } = asked;
    if (!model || !/^(\d{1,20}|all)$/.test(position ?? '')) return wrongly();
    return withLog(asked, (servers) => retry(servers, model, position ?? ''));
  },
  skip: async (asked) => {
    const { model, position, reason } = asked;
    if (!model || !/^\d{1,20}$/.test(position ?? '') || reason === '') return wrongly();
    return withLog(asked, (servers) => skip(servers, model, position ?? '', reason));
  },
};

const OPTIONS = { json: { type: 'boolean', default: false }, reason: { type: 'string', default: '' } } as const;

/** What is asked for. @throws UsageError */
const asked = () => {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
    const [command = '', name, position] = positionals;
    const model = READ_MODELS.find((one) => one.name === name);
    const carryOut = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (!carryOut || (name !== undefined && !model)) return wrongly();
    return { carryOut, model, position, json: values.json, reason: values.reason.trim() };
  } catch {
    return wrongly();
  }
};

/** Looks after the read models of the service that is configured as this process is. */
const run = async (): Promise<string> => {
  const { carryOut, ...what } = asked();
  const config = loadConfig({ ...process.env, ROLES: 'all' });
  const address = redisAddress(config);
  if (address === null) throw new ConfigError('REDIS_URL must be set, or the service be running on DATA_DIR.');
  const redis = await onceConnected(connectRedis(address, 'projections command', COMMAND_MS));
  try {
    return await carryOut({ ...what, config, redis });
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
