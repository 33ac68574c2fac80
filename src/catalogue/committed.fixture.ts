import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const updating = process.env['UPDATE_DOCS'] !== undefined;

/** Holds a committed file, by its path in the project, to what the code says; UPDATE_DOCS writes it instead. */
export const expectCommitted = async (path: string, content: string): Promise<void> => {
  const filepath = `${ROOT}${path}`;
  const expected = await format(content, { ...(await resolveConfig(filepath)), filepath });
  if (updating) await writeFile(filepath, expected);
  expect(await readFile(filepath, 'utf8').catch(() => 'missing')).toBe(expected);
};

/** Holds a committed folder to these files and no other; UPDATE_DOCS removes the others. */
export const expectNothingElse = async (folder: string, files: readonly string[]): Promise<void> => {
  const others = (await readdir(`${ROOT}${folder}`)).filter((file) => !files.includes(file));
  if (!updating) return expect(others).toEqual([]);
  await Promise.all(others.map((file) => rm(`${ROOT}${folder}/${file}`)));
};
