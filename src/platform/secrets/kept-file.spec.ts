import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFile } from './kept-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('A kept file', () => {
  it('is made once and stays as it is, for the owner alone', async () => {
    expect(await keptFile(folder, 'key', () => 'first')).toBe('first');
    expect(await keptFile(folder, 'key', () => 'second')).toBe('first');
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
  });

  it('is one and the same for all who make it at the same time, and leaves nothing else behind', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => keptFile(folder, 'key', () => `key ${n}`)));
    expect(new Set(made).size).toBe(1);
    expect(await readdir(folder)).toEqual(['key']);
  });

  it('is not there at all when its making failed', async () => {
    const failing = keptFile(folder, 'key', () => Promise.reject(new Error('no entropy')));
    await expect(failing).rejects.toThrow('DATA_DIR');
    expect(await readdir(folder)).toEqual([]);
  });

  it('that cannot be kept is told in one sentence that names the variable', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(keptFile(join(folder, 'file'), 'key', () => 'x')).rejects.toThrow('DATA_DIR must be a folder');
  });
});
