import type { RuleId } from './rules.js';
import { isRule } from './rules.js';
import type { Source } from './sources.fixture.js';
import { isCode, isSpec, sources } from './sources.fixture.js';
import { testTitles } from './test-titles.fixture.js';

const NUMBER = /[RCD]\d+/g;
const NUMBERS = /\([RCD]\d+(?:, [RCD]\d+)*\)/g;
const DOCSTRING = /\/\*\*[\s\S]*?\*\//g;

/** What a title says about itself alone names the rules: those of the suite around it stand there. */
const numbersIn = (title: string): string[] =>
  (title.split(' › ').at(-1)?.match(NUMBERS) ?? []).flatMap((list) => list.match(NUMBER) ?? []);

/** A test or suite that names rules in parentheses. */
export interface NamingTest {
  readonly path: string;
  readonly title: string;
  readonly names: readonly string[];
}

/** The tests and suites of these specs that name a rule in parentheses, such as `(R11)` or `(R26, R27)`. */
export const namingTests = (specs: readonly Source[]): NamingTest[] =>
  specs.flatMap((spec) =>
    [...new Set(testTitles(spec))]
      .map((title) => ({ path: spec.path, title, names: numbersIn(title) }))
      .filter(({ names }) => names.length > 0),
  );

/** All of them, in every folder that holds specs. */
export const allNamingTests = (): NamingTest[] => namingTests(sources(['src', 'projections', 'test'], isSpec));

/** The code files whose docstrings name each rule. */
export const namingCode = (): ReadonlyMap<RuleId, readonly string[]> => {
  const found = new Map<RuleId, string[]>();
  for (const { path, text } of sources(['src', 'projections'], isCode)) {
    const named = new Set((text.match(DOCSTRING) ?? []).flatMap((docstring) => docstring.match(NUMBER) ?? []));
    for (const id of [...named].filter(isRule)) found.set(id, [...(found.get(id) ?? []), path]);
  }
  return found;
};
