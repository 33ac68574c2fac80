import { readFileSync, readdirSync } from 'node:fs';
import type { DocumentedProblem } from './problems.js';
import { PROBLEMS } from './problems.js';

const SRC = new URL('../', import.meta.url).pathname;
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file) && !file.startsWith('catalogue'))
  .map((file) => [file, readFileSync(`${SRC}${file}`, 'utf8')] as const);
const REJECTION = /new Rejection\(\s*'(conflict|precondition-failed|invalid)',\s*'([a-z-]+)'/g;
const thrown = sources.flatMap(([file, text]) =>
  [...text.matchAll(REJECTION)].map(({ index, 1: kind, 2: code = '' }) => {
    const [whole = ''] = text.slice(index).split(/\}\s*,?\s*\);/);
    return { file, kind, code, hasState: /\bstate\b/.test(whole) };
  }),
);
const documented: Readonly<Record<string, DocumentedProblem>> = PROBLEMS;

describe('The refusals that the API documents', () => {
  it('are all that the code knows', () => {
    expect(thrown.length).toBeGreaterThan(20);
    expect(thrown.filter(({ code }) => !(code in documented))).toEqual([]);
  });

  it('have the status that their kind is answered with', () => {
    const status = { conflict: 409, 'precondition-failed': 412, invalid: 422 } as Record<string, number>;
    for (const { kind = '', code } of thrown) expect([code, documented[code]?.status]).toEqual([code, status[kind]]);
  });

  it.each(Object.entries(documented))('say for %s what is in the way and what to do next', (_, problem) => {
    expect(problem.detail).toMatch(/[.…]$/);
    expect(problem.next).toMatch(/[.…]$/);
    if (problem.status === 422) expect(problem.pointer).toBeDefined();
  });

  it('tell the present state, of whatever is in the way', () => {
    expect(Object.entries(documented).filter(([, { state }]) => state === undefined)).toEqual([]);
    expect(thrown.filter(({ hasState }) => !hasState)).toEqual([]);
  });

  it('are named by the routes that answer with them', () => {
    const routes = sources.filter(([file]) => file.endsWith('.http.ts')).map(([, text]) => text);
    const named = new Set(routes.flatMap((text) => [...text.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code)));
    const everywhere = ['concurrent-change', 'revision-mismatch', 'idempotency-key-reused', 'acting-for-required'];
    expect(Object.keys(documented).filter((code) => !named.has(code) && !everywhere.includes(code))).toEqual([]);
  });
});
