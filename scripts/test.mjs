// npm test [unit | e2e]: sets up what is missing, then checks everything, the cheap things first.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT, ensureSetup } from './setup.mjs';

const only = process.argv[2];
const scratch = mkdtempSync(join(tmpdir(), 'relationships-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const bin = (name) => join(ROOT, 'node_modules', name);
const NODE_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
const totals = { passed: 0, failed: 0 };

const closing = () => console.log(`\n${totals.passed} passed, ${totals.failed} failed`);

const options = { cwd: ROOT, env: { LOG_LEVEL: 'silent', ...process.env, NODE_OPTIONS } };

/** Says how a stage ended; the first that fails ends the run. */
const end = (name, started, status) => {
  console.log(`── ${name}: ${status === 0 ? 'done' : 'FAILED'} in ${((Date.now() - started) / 1_000).toFixed(1)} s`);
  if (status === 0) return;
  totals.failed ||= 1;
  closing();
  process.exit(status ?? 1);
};

/** Runs one stage. */
const stage = (name, script, args, after = () => undefined) => {
  const started = Date.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync(process.execPath, [bin(script), ...args], { ...options, stdio: 'inherit' });
  after();
  end(name, started, status);
};

/** Runs a stage beside others; what it has to say comes in one piece. */
const beside = async (name, script, args) => {
  const started = Date.now();
  const child = spawn(process.execPath, [bin(script), ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  console.log(`\n── ${name}\n${out}${errors}`.trimEnd());
  end(name, started, status);
};

const jest = (projects, args = []) => {
  const report = join(scratch, `${projects[0]}.json`);
  const count = () => {
    if (!existsSync(report)) return;
    const result = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += result.numPassedTests;
    totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  };
  const selected = ['--selectProjects', ...projects, '--json', `--outputFile=${report}`, ...args];
  stage(`jest: ${projects.join(', ')}`, 'jest/bin/jest.js', ['--silent=false', ...selected], count);
};

ensureSetup({ redis: only !== 'unit' });
if (!only) {
  const rules = ['--config', '.dependency-cruiser.mjs', 'src', 'projections'];
  const quick = async () => {
    await beside('prettier', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']);
    await beside('tsc', 'typescript/bin/tsc', ['--noEmit']);
    await beside('dependency-cruiser', 'dependency-cruiser/bin/dependency-cruise.mjs', rules);
  };
  await Promise.all([beside('eslint', 'eslint/bin/eslint.js', ['.']), quick()]);
}
if (only !== 'e2e') jest(['unit']);
if (only !== 'unit') jest(['contract', 'e2e'], ['--maxWorkers=2']);
if (!only) jest(['faults'], ['--runInBand']);
closing();
