import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { AppModule } from './app.module.js';
import type { TokenRules } from './access/token-verifier.js';
import type { Config } from './platform/config/config.js';
import { tellEtag } from './platform/http/etag.js';
import { describeApi, serveDocs } from './platform/http/open-api.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { Turns } from './platform/http/turns.js';
import { validationPipe } from './platform/http/validation.js';
import { acceptNdjson } from './platform/ndjson/ndjson.js';
import type { SecretKeys } from './platform/secrets/secret-keys.js';
import { nestLogger } from './platform/telemetry/nest-logger.js';

const BODY_LIMIT_BYTES = 256 * 1024;
const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The caller's X-Correlation-Id, where it sends a usable one; else an own. */
const correlationId = (request: { headers: Record<string, string | string[] | undefined> }): string => {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
};

/** The service, ready to listen. */
export const createApp = async (
  config: Config,
  keys: SecretKeys,
  rules: TokenRules,
): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: correlationId,
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, keys, rules), adapter, {
    logger: nestLogger,
  });
  const turns = new Turns();
  adapter.getInstance().addHook('onRequest', (_request, _reply, done) => turns.take(done));
  adapter.getInstance().addHook('preSerialization', tellEtag);
  acceptNdjson(app);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveDocs(app, describeApi(app));
  return app;
};
