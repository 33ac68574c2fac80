import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { announce } from './announce.js';
import { tokensFor } from './access/tokens-for.js';
import { createApp } from './create-app.js';
import type { Servers } from './embedded/embedded-servers.js';
import { startEmbedded } from './embedded/embedded-servers.js';
import { EmbeddedServerError } from './embedded/server-process.js';
import { ConfigError, loadConfig } from './platform/config/config.js';
import { chosenPort } from './platform/http/free-port.js';
import { loadSecretKeys } from './platform/secrets/load-secret-keys.js';
import { surviveClientFaults } from './platform/telemetry/client-faults.js';

const run = async (): Promise<void> => {
  const port = await chosenPort(loadConfig(process.env).port, loadConfig(process.env).host);
  const config = loadConfig({ ...process.env, PORT: String(port) });
  const { rules, tokens } = await tokensFor(config);
  const keys = await loadSecretKeys(config);
  const servers = await startEmbedded(config);
  try {
    const { eventStoreUrl, redisUrl } = servers;
    const app = await createApp({ ...config, eventStoreUrl, redisUrl }, keys, rules);
    stopOnSignal(app, servers);
    await app.listen(config.port, config.host);
    announce(config, tokens);
  } catch (error) {
    await servers.stop();
    throw error;
  }
};

/** Lets requests end, keeps how far everything is, then stops what was started here. */
const stopOnSignal = (app: NestFastifyApplication, servers: Servers): void => {
  const stop = () =>
    void app
      .close()
      .finally(() => servers.stop())
      .finally(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

/** What an operator can mend is one sentence; anything else shows where it came from. */
const reasonOf = (error: unknown): string => {
  if (error instanceof ConfigError || error instanceof EmbeddedServerError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return 'The port is in use already: set PORT to another one.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

surviveClientFaults();
run().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
});
