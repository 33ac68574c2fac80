import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readUsers } from './access/users.js';
import type { NodeOptions } from './node.js';
import { MAX_MESSAGE_BYTES } from './transport/call.js';

const USAGE =
  'Usage: event-store --port PORT --data DIR [--host ADDRESS] [--max-append-size BYTES] [--tls-cert FILE --tls-key FILE [--users FILE]]';
/** A real node's default, and the most that fits into a message. */
const MAX_APPEND_BYTES = { usual: `${1024 * 1024}`, greatest: MAX_MESSAGE_BYTES } as const;

/**
 * Reads the command line and the files it names.
 * @throws Error with a sentence when an option is missing or is not what it should be
 */
export function parseOptions(args: readonly string[]): NodeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '2113' },
      data: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      users: { type: 'string' },
      'max-append-size': { type: 'string', default: MAX_APPEND_BYTES.usual },
    },
  });
  if (!values.data) throw new Error(`--data is missing. ${USAGE}`);
  const tls = tlsOf(values['tls-cert'], values['tls-key']);
  if (values.users && !tls) throw new Error(`--users needs TLS: clients send no credentials in the clear. ${USAGE}`);
  return {
    port: portOf(values.port),
    data: values.data,
    host: values.host,
    maxAppendBytes: maxAppendBytesOf(values['max-append-size']),
    ...(tls ? { tls } : {}),
    ...(values.users ? { users: readUsers(values.users) } : {}),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${text} is no port. ${USAGE}`);
  return port;
}

function maxAppendBytesOf(text: string): number {
  const bytes = Number(text);
  if (Number.isInteger(bytes) && bytes > 0 && bytes <= MAX_APPEND_BYTES.greatest) return bytes;
  throw new Error(`--max-append-size ${text} is not from 1 to ${MAX_APPEND_BYTES.greatest} bytes. ${USAGE}`);
}

function tlsOf(cert: string | undefined, key: string | undefined): NodeOptions['tls'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new Error(`--tls-cert and --tls-key go together. ${USAGE}`);
  return { cert: readFileSync(cert), key: readFileSync(key) };
}
