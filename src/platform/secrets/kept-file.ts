import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The content of a file in the data folder; made the first time, readable by the owner alone, and kept. */
export const keptFile = async (folder: string, name: string, make: () => string | Promise<string>): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  try {
    await writeFile(path, await make(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFile(path, 'utf8');
};
