// npm run openapi: writes openapi.json anew, as the built service serves it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureSetup } from './setup.mjs';

ensureSetup();
const env = { ...process.env, UPDATE_OPENAPI: '1', NODE_OPTIONS: '--experimental-vm-modules' };
const jest = [join(ROOT, 'node_modules/jest/bin/jest.js'), '--selectProjects', 'e2e', '--testPathPatterns', 'openapi'];
process.exitCode = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;
