import type { NamingTest } from './rule-evidence.fixture.js';
import type { RuleId } from './rules.js';
import { PENDING, RULES } from './rules.js';

const INTRODUCTION = `# Rules, and the tests that show them

Written by \`npm run docs\` from the names of the tests and the docstrings of the code; \`npm test\` fails when this page
says anything else, or when a rule has no test. R are rules, C capabilities, D decisions where the source is silent.
`;

type Code = ReadonlyMap<RuleId, readonly string[]>;

const link = (path: string): string => `[${path}](../${path})`;

const escaped = (title: string): string => title.replace(/[\\`*_{}[\]<>|$]/g, '\\$&');

const testsFor = (id: RuleId, tests: readonly NamingTest[]): NamingTest[] =>
  tests.filter(({ names }) => names.includes(id));

const row = (id: RuleId, tests: readonly NamingTest[], code: Code): string => {
  const shown = PENDING.includes(id) ? 'pending' : testsFor(id, tests).length;
  return `| [${id}](#${id.toLowerCase()}) | ${RULES[id]} | ${shown} | ${code.get(id)?.length ?? 0} |`;
};

const section = (id: RuleId, tests: readonly NamingTest[], code: Code): string => {
  const naming = testsFor(id, tests);
  const paths = [...new Set(naming.map(({ path }) => path))];
  const shown = paths.map((path) => {
    const titles = naming.filter((test) => test.path === path).map(({ title }) => `  - ${escaped(title)}`);
    return [`- ${link(path)}`, ...titles].join('\n');
  });
  const files = (code.get(id) ?? []).map(link).join(', ');
  const evidence = shown.length > 0 ? shown.join('\n') : 'No test names it yet.';
  return [`## ${id}`, RULES[id], evidence, ...(files ? [`Code: ${files}`] : [])].join('\n\n');
};

/** The page: a table of all rules, then each with the tests and the code that name it. */
export const rulesPage = (tests: readonly NamingTest[], code: Code): string => {
  const ids = Object.keys(RULES) as RuleId[];
  const table = ids.map((id) => row(id, tests, code)).join('\n');
  const head = '| Rule | In short | Tests | Code files |\n| --- | --- | --: | --: |';
  return [INTRODUCTION, `${head}\n${table}`, ...ids.map((id) => section(id, tests, code))].join('\n\n');
};
