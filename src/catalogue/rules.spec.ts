import { expectCommitted } from './committed.fixture.js';
import { allNamingTests, namingCode, namingTests } from './rule-evidence.fixture.js';
import { rulesPage } from './rules-page.fixture.js';
import type { RuleId } from './rules.js';
import { PENDING, RULES, isRule } from './rules.js';

const tests = allNamingTests();
const shown = new Set(tests.flatMap(({ names }) => names));
const REQUIRED = (Object.keys(RULES) as RuleId[]).filter((id) => !PENDING.includes(id));

describe('The rules', () => {
  it('are each shown by a test that names it', () => {
    expect(REQUIRED.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('are each named by the code that keeps it', () => {
    const kept = namingCode();
    expect(REQUIRED.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('are pending only as long as no test names them', () => {
    expect(PENDING.filter((id) => shown.has(id))).toEqual([]);
  });

  it('are the only ones that tests name', () => {
    expect(tests.filter(({ names }) => !names.every(isRule))).toEqual([]);
  });

  it('stand in docs/rules.md as the tests name them; `npm run docs` rewrites it', () =>
    expectCommitted('docs/rules.md', rulesPage(tests, namingCode())));
});

describe('A test that names a rule', () => {
  const titles = (text: string) => namingTests([{ path: 'a.spec.ts', text }]).map(({ title }) => title);

  it.each([
    ["it('keeps it (R1)', () => {})", 'keeps it (R1)'],
    ["it('keeps' + ' it (R1)', () => {})", 'keeps it (R1)'],
    ['test(`keeps ${both} (R1, D3)`, () => {})', 'keeps ${both} (R1, D3)'],
    ["it.each([1, 2])('keeps %s (R1)', () => {})", 'keeps %s (R1)'],
    ["it.each([['the first (R1)']])('%s', () => {})", 'the first (R1)'],
    ['it.each`a\n${1}`("keeps $a (R1)", () => {})', 'keeps $a (R1)'],
    ["describe('A link (D6)', () => { it('works', () => {}); })", 'A link (D6)'],
    ["describe('A link', () => { if (x) it('works once (D6)', () => {}); })", 'A link › works once (D6)'],
  ])('is found in %s', (text, title) => {
    expect(titles(text)).toEqual([title]);
  });

  it.each([
    "it.skip('keeps it (R1)', () => {})",
    "it.todo('keeps it (R1)')",
    "describe.skip('A link', () => { it('works (D6)', () => {}); })",
    "it('keeps R1', () => {})",
    "it('keeps it', () => { expect(message).toBe('It is so (R1)'); })",
    "// it('keeps it (R1)', () => {})",
  ])('is not found in %s', (text) => {
    expect(titles(text)).toEqual([]);
  });
});
