// npm run bench [-- what it measures: service (unless told otherwise), event-store …] [its options]
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, ensureSetup } from './setup.mjs';

ensureSetup();
const { transformFileSync } = await import('@swc/core');

const jsc = { target: 'es2022', parser: { syntax: 'typescript', decorators: true } };

/** Compiles a folder beside the build, which it may import. Types are checked by `npm test`. */
const compile = (folder) => {
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) compile(path);
    if (!/(?<!\.d|\.spec)\.ts$/.test(entry.name)) continue;
    const target = join(ROOT, 'dist', path.replace(/\.ts$/, '.js'));
    const { code } = transformFileSync(join(ROOT, path), { jsc, module: { type: 'nodenext' }, swcrc: false });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
};

compile('bench');
compile('test/support');
const [first = ''] = process.argv.slice(2);
const named = /^[a-z]/.test(first);
process.chdir(ROOT);
if (named) process.argv.splice(2, 1);
await import(join(ROOT, 'dist/bench', named ? first : 'service', 'main.js'));
