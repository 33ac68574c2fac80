// Starts the embedded event-store node: npm run event-store -- --port 2113 --data DIR [--host 127.0.0.1]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const setup = new URL('setup.mjs', import.meta.url);
if (existsSync(setup)) {
  const { ensureSetup } = await import(setup.href);
  await ensureSetup();
}

const entry = fileURLToPath(new URL('../dist/src/embedded/event-store/main.js', import.meta.url));
if (!existsSync(entry)) {
  console.error('The node is not built; run `npm run build` first.');
  process.exit(1);
}

// The IPC channel tells the node when this process is gone, even by kill -9.
const node = spawn(process.execPath, [entry, ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => node.kill(signal));
node.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
