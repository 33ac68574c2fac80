import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { ServerProcess } from './server-process.js';
import { EmbeddedServerError, endOf, started, stopChild } from './server-process.js';

/**
 * Runs redis-server, and ends it when file descriptor 3 is closed at its other end, hence also after a kill -9 of the
 * service. A frozen server is woken to take its leave, and killed if it does not.
 */
const KEEPER = `
command -v redis-server >/dev/null || exit 127
redis-server "$@" </dev/null 3<&- &
server=$!
{ read -r _; kill -TERM $server; kill -CONT $server; sleep 4; kill -KILL $server; } <&3 2>/dev/null &
wait $server
status=$?
kill $! 2>/dev/null
exit $status`;

const NOT_FOUND = 'exit code 127';

/**
 * Nothing in it is more than a copy of the log. The snapshot that Redis makes as it stops saves the next start from
 * reading the log from its beginning.
 */
const settings = (folder: string, socket: string): string[] => [
  ...['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700'],
  ...['--dir', folder, '--logfile', join(folder, 'redis.log'), '--loglevel', 'warning'],
  ...['--save', '3600', '1', '--stop-writes-on-bgsave-error', 'no', '--appendonly', 'no'],
  ...['--maxmemory-policy', 'noeviction'],
];

/**
 * Starts a redis-server on a socket. A snapshot that it does not start from is thrown away: the next start does without.
 * @throws EmbeddedServerError when it is not installed or not ready in time
 */
export const startRedis = async (folder: string, socket: string): Promise<ServerProcess> => {
  await mkdir(folder, { recursive: true });
  const child = spawn('sh', ['-c', KEEPER, 'redis-keeper', ...settings(folder, socket)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = endOf(child);
  const hold = child.stdio[3] as Socket;
  hold.on('error', () => undefined).resume();
  const probe = new Redis({ path: socket, retryStrategy: () => 20, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  try {
    const ready = new Promise((resolve) => probe.once('ready', resolve));
    await started(`embedded Redis, whose log is ${join(folder, 'redis.log')},`, child, ended, ready);
  } catch (error) {
    if ((await ended).startsWith(NOT_FOUND)) throw notInstalled();
    await rm(join(folder, 'dump.rdb'), { force: true });
    throw error;
  } finally {
    probe.disconnect();
  }
  return { pid: child.pid as number, ended, stop: () => stopChild(child, ended, () => hold.destroy()) };
};

const notInstalled = () =>
  new EmbeddedServerError(
    'redis-server was not found: install it, or set REDIS_URL to a Redis that runs already.',
    true,
  );
