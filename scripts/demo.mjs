// npm run demo: sets up what is missing, starts a throwaway service, and plays the story over real HTTP.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, ensureSetup } from './setup.mjs';

ensureSetup();
const { KNOWN, STORY } = await import('../dist/src/story/story.js');

const folder = mkdtempSync(join(tmpdir(), 'relationships-demo-'));
const CONFIGURED = /^(EVENTSTORE_URL|REDIS_URL|AUTH_.*|SECRET_KEYS|INVITATION_URL|HOST)$/;
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CONFIGURED.test(name)));
const service = spawn(process.execPath, [join(ROOT, 'dist/src/main.js')], {
  env: { ...inherited, PORT: '0', DATA_DIR: folder, BANNER: 'json', LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => service.once('exit', resolve));

/** Ends the service and removes what it wrote. */
const finish = async (code) => {
  service.kill('SIGTERM');
  const giveUp = setTimeout(() => service.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(giveUp);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => finish(1));

const ready = async () => {
  for await (const line of createInterface({ input: service.stdout }))
    if (line.startsWith('{')) return JSON.parse(line);
  throw new Error('The service did not start: see above.');
};

const pick = (answer, field) => field.split('.').reduce((value, name) => value?.[name], answer);
const fill = (text, values) => text.replaceAll(/\$([A-Z_]+)/g, (_, name) => values[name]);
const inWords = (value) => {
  if (Array.isArray(value)) return value.length ? value.map(inWords).join('\n') : '(none)';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
/** At most 100 characters a line, all but the first indented. */
const wrapped = (text) => text.replaceAll(/(?=.{100}).{1,99}[ ,]/g, '$&\n').replaceAll('\n', '\n         ');

const call = async (step, url, tokens, values) => {
  const headers = { authorization: `Bearer ${tokens[step.as]}` };
  if (step.key) headers['idempotency-key'] = fill(step.key, values);
  if (step.body) headers['content-type'] = 'application/json';
  const request = { method: step.body ? 'POST' : 'GET', headers, body: step.body && fill(step.body, values) };
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url + fill(step.path, values), request);
    const text = await response.text();
    if (response.status !== 202 || attempt === 10) return { status: response.status, text, answer: JSON.parse(text) };
    await sleep(500);
  }
};

/** What the answer does not say although it should. */
const misses = (step, { status, answer }, values) => [
  ...(status === step.status ? [] : [`status ${status} instead of ${step.status}: ${answer.detail ?? ''}`]),
  ...step.expects.flatMap(({ field, is, contains }) => {
    const found = pick(answer, field);
    const wanted = typeof is === 'string' ? fill(is, values) : is;
    const holds = contains === undefined ? found === wanted : String(found).includes(contains);
    return holds ? [] : [`${field} is ${inWords(found)}, not ${wanted ?? `something with "${contains}"`}`];
  }),
];

const keep = ({ keeps = [] }, { text, answer }, values) => {
  for (const { name, field, after } of keeps) {
    const found = field === '' ? text : String(pick(answer, field));
    values[name] = after ? found.split(after)[1] : found;
  }
};

const play = async (step, number, url, tokens, values) => {
  const outcome = await call(step, url, tokens, values);
  console.log(`\n${number}. ${step.title}`);
  console.log(`   as ${step.as}: ${step.body ? 'POST' : 'GET'} ${fill(step.path, values)}`);
  console.log(`   ${outcome.status}`);
  for (const field of step.shows) console.log(`     ${field}: ${wrapped(inWords(pick(outcome.answer, field)))}`);
  const missed = misses(step, outcome, values);
  for (const miss of missed) console.log(`   NOT AS TOLD: ${miss}`);
  keep(step, outcome, values);
  return missed.length === 0;
};

const started = Date.now();
try {
  const { url, tokens } = await ready();
  const values = { ...KNOWN, RUN: 'demo' };
  console.log(`A service of its own at ${url}, its data in a folder that is removed afterwards.`);
  let number = 0;
  for (const step of STORY)
    if (!(await play(step, ++number, url, tokens, values))) throw new Error('It went otherwise.');
  console.log(`\nAll ${number} steps went as told, in ${((Date.now() - started) / 1_000).toFixed(1)} s.`);
  await finish(0);
} catch (error) {
  console.error(error.message);
  await finish(1);
}
