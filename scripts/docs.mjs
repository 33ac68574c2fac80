// npm run docs: rewrites docs/events.md, docs/schemas and docs/rules.md from the code, with no need of a build.
import { spawnSync } from 'node:child_process';
import { ROOT } from './setup.mjs';

const NODE_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--testPathPatterns', 'src/catalogue/'];
const env = { ...process.env, UPDATE_DOCS: '1', NODE_OPTIONS };
const { status } = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit', env });
process.exit(status ?? 1);
