import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface PlainAnswer {
  readonly status: number;
  readonly body?: string;
}

/** The number by which a real node tells a ping's answer from its other messages differs between versions. */
const PING = JSON.stringify({ msgTypeId: 0, text: 'Ping request successfully handled' });

/** What a node tells whoever asks by plain HTTP whether it is there, without credentials, as a real one does. */
export function plainAnswer(method: string | undefined, url: string | undefined): PlainAnswer {
  const path = url?.split('?')[0];
  if (method !== 'GET' && method !== 'HEAD') return { status: 404 };
  if (path === '/health/live') return { status: 204 };
  return path === '/ping' ? { status: 200, body: PING } : { status: 404 };
}

/** A server of HTTP/1 that is handed its connections, and ends each with the answer. */
export function createPlainHttp(): Server {
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = plainAnswer(request.method, request.url);
    response.writeHead(status, { connection: 'close', ...headersOf(body) }).end(body);
  });
}

export const headersOf = (body: string | undefined) =>
  body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
