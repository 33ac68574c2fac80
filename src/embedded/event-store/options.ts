import { parseArgs } from 'node:util';
import type { NodeOptions } from './node.js';

const USAGE = 'Usage: event-store --port PORT --data DIR [--host ADDRESS]';

/**
 * Reads the command line.
 * @throws Error with a sentence when an option is missing or is not what it should be
 */
export function parseOptions(args: readonly string[]): NodeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '2113' },
      data: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is no port. ${USAGE}`);
  if (!values.data) throw new Error(`--data is missing. ${USAGE}`);
  return { port, data: values.data, host: values.host };
}
