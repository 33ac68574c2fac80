import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedServerError } from './server-process.js';

/** The operating system allows no longer path for a socket, in bytes. */
const LONGEST_SOCKET_PATH = 100;

/** Where a socket of this data folder lives: in it, or in the system's temporary folder when its path is too long. */
export const socketPath = (dataDir: string, name: string): string => {
  const inside = resolve(dataDir, `${name}.sock`);
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  const folder = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  return join(tmpdir(), `relationships-${folder}-${name}.sock`);
};

/**
 * A socket path that no predecessor uses, who may still be taking its leave and removes its own socket last. What dead
 * ones left behind is removed; call it only with the folder locked.
 */
export const freshSocketPath = async (dataDir: string, name: string): Promise<string> => {
  const path = socketPath(dataDir, `${name}-${process.pid}`);
  const prefix = basename(path, `${process.pid}.sock`);
  const abandoned = (await readdir(dirname(path))).filter((file) => file.startsWith(prefix) && file.endsWith('.sock'));
  await Promise.all(abandoned.map((file) => rm(join(dirname(path), file), { force: true })));
  return path;
};

/**
 * Takes the data folder for this process alone, until released or until the process ends in whatever way: a socket that
 * still answers tells that its owner lives, which the number of a process does not.
 * @throws EmbeddedServerError when another service has it
 */
export const lockDataFolder = async (dataDir: string): Promise<{ release(): Promise<void> }> => {
  const server = await takeSocket(dataDir).catch((error: Error) => {
    throw new EmbeddedServerError(`DATA_DIR must be a folder that this user may write to (${error.message}).`);
  });
  if (!server)
    throw new EmbeddedServerError(
      `Another service is running on the data folder ${dataDir}: stop it, or set DATA_DIR to another folder.`,
    );
  return { release: () => new Promise((done) => server.close(() => done())) };
};

const takeSocket = async (dataDir: string): Promise<Server | null> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = socketPath(dataDir, 'service');
  return (await listen(path)) ?? (await replaceAbandoned(path));
};

const replaceAbandoned = async (path: string): Promise<Server | null> => {
  if (await answers(path)) return null;
  await rm(path, { force: true });
  return listen(path);
};

const listen = (path: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server));
    server.unref();
  });

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
