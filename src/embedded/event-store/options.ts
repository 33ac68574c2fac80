import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readUsers } from './access/users.js';
import type { NodeOptions } from './node.js';

const USAGE =
  'Usage: event-store --port PORT --data DIR [--host ADDRESS] [--tls-cert FILE --tls-key FILE [--users FILE]]';

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
    },
  });
  if (!values.data) throw new Error(`--data is missing. ${USAGE}`);
  const tls = tlsOf(values['tls-cert'], values['tls-key']);
  if (values.users && !tls) throw new Error(`--users needs TLS: clients send no credentials in the clear. ${USAGE}`);
  return {
    port: portOf(values.port),
    data: values.data,
    host: values.host,
    ...(tls ? { tls } : {}),
    ...(values.users ? { users: readUsers(values.users) } : {}),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${text} is no port. ${USAGE}`);
  return port;
}

function tlsOf(cert: string | undefined, key: string | undefined): NodeOptions['tls'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new Error(`--tls-cert and --tls-key go together. ${USAGE}`);
  return { cert: readFileSync(cert), key: readFileSync(key) };
}
