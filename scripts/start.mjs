// npm start: sets up what is missing, then runs the service until it is told to stop.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureSetup } from './setup.mjs';

ensureSetup();
const env = { BANNER: 'text', ...process.env };
const service = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill(signal));
service.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
