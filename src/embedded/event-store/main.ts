import { setFlagsFromString } from 'node:v8';
import { publishAddress } from './address-file.js';
import { report } from './diagnostics.js';
import { startNode, type RunningNode } from './node.js';
import { parseOptions } from './options.js';

/**
 * How much the heap may grow before it is collected whole, in percent of what was left the last time. Little is left, and
 * what passes through weighs much: V8 would collect several times a second.
 */
setFlagsFromString('--heap-growing-percent=400');

/** Starts a node as a process of its own, says where it listens, and stops it when asked or when its parent is gone. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const node = await startNode(options);
  const ready = {
    listening: `esdb://${options.host}:${node.port}?tls=${options.tls !== undefined}`,
    port: node.port,
    pid: process.pid,
  };
  publishAddress(options.data, ready);
  stopOnRequest(node);
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

function stopOnRequest(node: RunningNode): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    node.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  process.stdout.on('error', () => {});
}

function fail(error: unknown): never {
  report('error', (error as Error).message, 'start', 'Correct what the message names and start again.');
  process.exit(1);
}

main().catch(fail);
