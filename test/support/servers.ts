import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Subject } from './process.js';

/** A folder that is gone afterwards. */
export const scratchFolder = async (): Promise<{ path: string; remove(): Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'relationships-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
};

export interface Server extends Subject {
  readonly url: string;
}

/** The embedded event store in a process of its own; `port` 0 is a free one. */
export const startEventStore = async (folder: string, port = 0): Promise<Server> => {
  const entry = join(process.cwd(), 'dist/src/embedded/event-store/main.js');
  const subject = Subject.start(process.execPath, [entry, '--port', String(port), '--data', folder]);
  const { port: chosen } = await subject.line((line) =>
    line.startsWith('{') ? (JSON.parse(line) as { port: number }) : null,
  );
  const url = `esdb://127.0.0.1:${chosen}?tls=false&keepAliveInterval=10000&keepAliveTimeout=3000`;
  return Object.assign(subject, { url });
};

/** A redis-server of its own on a socket in the folder, which is its `url`. */
export const startRedis = async (folder: string): Promise<Server> => {
  const socket = join(folder, 'redis.sock');
  const args = [
    '--port',
    '0',
    '--unixsocket',
    socket,
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    '--rdbcompression',
    'no',
  ];
  const subject = Subject.start('redis-server', args);
  await subject.line((line) => (/ready to accept connections/i.test(line) ? true : null));
  return Object.assign(subject, { url: socket });
};
