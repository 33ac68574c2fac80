import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../config/config.js';

/**
 * The content of a file in the data folder; made the first time, readable by the owner alone, and kept. It appears
 * whole or not at all, whoever is killed meanwhile, and of two makers one wins.
 * @throws ConfigError when the folder cannot be used
 */
export const keptFile = async (folder: string, name: string, make: () => string | Promise<string>): Promise<string> => {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await readFile(path, 'utf8').catch(() => publish(path, make));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`DATA_DIR must be a folder that this process may read and write (${code ?? String(error)}).`);
  }
};

const publish = async (path: string, make: () => string | Promise<string>): Promise<string> => {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(await make());
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
};
