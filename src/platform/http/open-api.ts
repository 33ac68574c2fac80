import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The API's description, as committed in openapi.json. */
export const describeApi = (app: NestFastifyApplication): OpenAPIObject =>
  inOneOrder(
    withDefaultsOptional(
      SwaggerModule.createDocument(
        app,
        new DocumentBuilder()
          .setTitle('Reseller relationships')
          .setDescription(
            'The system of record for reseller relationships. Errors are RFC 9457 problems with a stable code.',
          )
          .setVersion('1')
          .addBearerAuth()
          .build(),
      ),
    ),
  );

/** The compiler gives the values of a type in the order in which it met them, which is another one in each build. */
const inOneOrder = <T>(described: T): T => {
  if (typeof described !== 'object' || described === null) return described;
  for (const [name, part] of Object.entries(described))
    if (name === 'enum' && Array.isArray(part)) part.sort();
    else inOneOrder(part);
  return described;
};

/** A parameter that has a default may be left out, though the field that holds it always has a value. */
const withDefaultsOptional = (document: OpenAPIObject): OpenAPIObject => {
  for (const { get } of Object.values(document.paths))
    for (const one of get?.parameters ?? [])
      if ('schema' in one && one.schema && 'default' in one.schema) one.required = false;
  return document;
};

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Reseller relationships: API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><div id="ui"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></html>`;
const START = "window.ui = SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#ui' });";
const UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Serves the description at /docs/openapi.json, and a page to read and try it at /docs. */
export const serveDocs = (app: NestFastifyApplication, document: OpenAPIObject): void => {
  const server = app.getHttpAdapter().getInstance();
  const file = (name: string) => readFile(join(UI, name));
  server.get('/docs', (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  server.get('/docs/openapi.json', (_, reply) => reply.send(document));
  server.get('/docs/start.js', (_, reply) => reply.type('text/javascript').send(START));
  server.get('/docs/swagger-ui.css', async (_, reply) => reply.type('text/css').send(await file('swagger-ui.css')));
  server.get('/docs/swagger-ui-bundle.js', async (_, reply) =>
    reply.type('text/javascript').send(await file('swagger-ui-bundle.js')),
  );
};
