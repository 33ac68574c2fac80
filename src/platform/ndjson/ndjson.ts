import { Readable } from 'node:stream';
import type { ExecutionContext } from '@nestjs/common';
import { StreamableFile, UnsupportedMediaTypeException, applyDecorators, createParamDecorator } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { gathered } from './gathered.js';

/** One JSON value to a line. */
export const NDJSON = 'application/x-ndjson';
const STREAMED = { ndjson: true } as const;

/** How long a connection may stand still, in milliseconds, before it is given up. */
const IDLE_MS = 120_000;

const unsupported = (): UnsupportedMediaTypeException => new UnsupportedMediaTypeException(`Send ${NDJSON}.`);

/** Hands the body on as it arrives to the routes that take it so; for every other one this type is none it knows. */
export const acceptNdjson = (app: NestFastifyApplication): void => {
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser(NDJSON, (request, payload, done) => {
    const { ndjson } = request.routeOptions.config as Partial<typeof STREAMED>;
    if (ndjson) done(null, payload);
    else done(Object.assign(new Error(`${NDJSON} is not understood here.`), { statusCode: 415 }));
  });
};

/** A route whose body and answer are NDJSON, both streamed. */
export const NdjsonRoute = () => applyDecorators(RouteConfig(STREAMED), ApiConsumes(NDJSON), ApiProduces(NDJSON));

/** What is sent after the answer was complete is not kept: the sender would wait for ever, or miss the answer. */
const letPass = (body: Readable): void => void body.removeAllListeners('readable').resume();

/** The body as it arrives. @throws UnsupportedMediaTypeException when it was sent as anything else */
export const NdjsonBody = createParamDecorator((_: unknown, context: ExecutionContext): Readable => {
  const { body, raw } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(body instanceof Readable)) throw unsupported();
  raw.setTimeout(IDLE_MS);
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  reply.raw.once('finish', () => letPass(body));
  return body;
});

/** An answer that is sent as it comes into being, no faster than it is read. */
export const ndjsonAnswer = (lines: AsyncIterable<string>): StreamableFile =>
  new StreamableFile(Readable.from(gathered(lines), { objectMode: false }), { type: NDJSON });

export const toLine = (value: object): string => `${JSON.stringify(value)}\n`;
