import { mkdir, mkdtemp, open, readdir, rename, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '../refusal.js';
import { removeAtExit } from '../run-tool.js';

/**
 * Makes a folder that is there with all its content or not at all: it is filled under another name beside it.
 * @throws Refusal when there is something in it already
 */
export async function makeFolder(path: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const folder = resolve(path);
  await requireNewOrEmpty(folder);
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  removeAtExit(partial);
  await fill(partial);
  for (const file of await readdir(partial)) await sync(join(partial, file));
  await sync(partial);
  await rmdir(folder).catch(unlessAbsent);
  await rename(partial, folder);
  await sync(dirname(folder));
}

async function requireNewOrEmpty(folder: string): Promise<void> {
  const present = await readdir(folder).catch(unlessAbsent);
  if (present && present.length > 0) throw new Refusal(`${folder} is not empty: name a folder that is not there yet.`);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
