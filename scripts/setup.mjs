// Sets up everything a fresh machine lacks. Nothing but Node's own modules, because nothing else is there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const inRoot = (...parts) => join(ROOT, ...parts);
const run = (command, args, options = {}) => spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', ...options });
const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the process with one sentence that says what to do. */
const giveUp = (sentence, details = '') => {
  say(details ? `${details}\n${sentence}` : sentence);
  process.exit(1);
};

const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) giveUp(`Node 20.19 or newer is needed; this is ${process.version}.`);
};

const fingerprint = (files) => {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`\n${relative(ROOT, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
};

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const LOCK = join(tmpdir(), `relationships-setup-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`);
const LONGEST_WAIT_MS = 600_000;

/** Waits while another set-up of this folder is at work; the lock of one that is gone is taken over. */
const takeTurn = () => {
  for (const deadline = Date.now() + LONGEST_WAIT_MS; Date.now() < deadline;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(LOCK, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') giveUp(`The temporary folder cannot be written to: ${error.message}.`);
      const owner = Number(existsSync(LOCK) && readFileSync(LOCK, 'utf8'));
      if (owner > 0 && !isAlive(owner)) rmSync(LOCK, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  giveUp(`Another set-up has been at work for ten minutes; if there is none, remove ${LOCK}.`);
};

let myTurn = false;

/** Does the work unless the stamp says that it was done for these very inputs. */
const once = (stamp, inputs, work) => {
  const isDone = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(inputs);
  if (isDone()) return;
  if (!myTurn) takeTurn();
  myTurn = true;
  if (isDone()) return;
  const wanted = fingerprint(inputs);
  work();
  writeFileSync(stamp, wanted);
};

/** Whether node_modules is what the lock file asks for, however it came about. */
const isInstalled = () => {
  const versions = (file) => {
    const all = Object.entries(JSON.parse(readFileSync(inRoot(file), 'utf8')).packages);
    return all.filter(([path, { optional }]) => path && !optional).map(([path, { version }]) => `${path}@${version}`);
  };
  const hidden = 'node_modules/.package-lock.json';
  if (!existsSync(inRoot(hidden))) return false;
  const present = new Set(versions(hidden));
  return versions('package-lock.json').every((one) => present.has(one));
};

const installDependencies = () =>
  once(inRoot('node_modules', '.setup'), [inRoot('package-lock.json')], () => {
    if (isInstalled()) return;
    say('Installing dependencies …');
    const { status, stderr } = run(NPM, ['ci', '--include=dev', '--loglevel=error', '--no-fund', '--no-audit']);
    if (status !== 0) giveUp('npm ci failed: see above; it needs a package registry.', stderr);
  });

const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.spec|\.fixture)\.ts$|\.json$/.test(entry.name) ? [path] : [];
  });

const build = () => {
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'].map((file) => inRoot(file));
  const inputs = [...settings, ...sources(inRoot('src')), ...sources(inRoot('projections'))].sort();
  const stamp = inRoot('dist', '.setup');
  once(stamp, inputs, () => {
    say('Building …');
    const { status, stdout, stderr } = run(process.execPath, [inRoot('node_modules/@nestjs/cli/bin/nest.js'), 'build']);
    if (status !== 0) giveUp('The build failed: see above.', stdout + stderr);
  });
};

const has = (command, args = ['--version']) => run(command, args, { stdio: 'ignore' }).status === 0;

/** How each system's package manager installs redis-server without asking anything. */
const MANAGERS = [
  {
    name: 'apt-get',
    before: ['update', '-qq'],
    install: ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'],
  },
  { name: 'dnf', install: ['install', '-y', '-q', 'redis'] },
  { name: 'apk', install: ['add', '--quiet', 'redis'] },
  { name: 'brew', install: ['install', '--quiet', 'redis'], asUser: true },
];

const installRedis = () => {
  if (has('redis-server')) return;
  const manager = MANAGERS.find(({ name }) => has(name));
  const root = process.getuid?.() === 0;
  const sudo = manager && !manager.asUser && !root;
  if (!manager || (sudo && !has('sudo', ['-n', 'true'])))
    giveUp('Install redis-server (6.2 or newer), then try again.');
  say(`Installing redis-server with ${manager.name} …`);
  // With this run level Debian installs the server without starting it.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const call = (args) => run(sudo ? 'sudo' : manager.name, sudo ? ['-n', manager.name, ...args] : args, { env });
  if (manager.before) call(manager.before);
  const { status, stderr } = call(manager.install);
  if (status !== 0 || !has('redis-server')) giveUp('Install redis-server (6.2 or newer), then try again.', stderr);
};

/** Sets up what is missing, and nothing when nothing is: dependencies, the build, redis-server. */
export const ensureSetup = ({ redis = true } = {}) => {
  requireNode();
  installDependencies();
  build();
  if (redis && !process.env.REDIS_URL) installRedis();
};
