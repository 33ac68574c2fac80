import { GenerationalCache } from '../log/generational-cache.js';
import { invalidArgument } from './errors.js';
import { OutOfTime, withinTime } from './time-limit.js';

/** The time in which an expression judges a page of names; an ordinary one takes less than one of them. */
const LIMIT_MS = 100;
/** A second attempt, because the process may have stood still during the first. */
const ATTEMPTS = 2;
const REFUSED_FOR_MS = 60_000;
const REMEMBERED_HALF = 500;
const LONGEST_EXPRESSION = 4096;
const CASE_BLIND = '(?i)';

/** Says of each name whether it matches. */
export type NameTest = (names: readonly string[]) => readonly boolean[];

/** Expressions that lately took too long, and when they may be tried again. */
const refused = new GenerationalCache<string, number>(REMEMBERED_HALF);

/**
 * Compiles a client's regular expression, not anchored, as in .NET. One that takes too long is stopped, and refused
 * for a minute, for while it runs the node does nothing else.
 * @throws RpcError when it is not an expression, too long, or refused; so does the test when it takes too long
 */
export function boundedExpression(text: string): NameTest {
  if (text.length > LONGEST_EXPRESSION) throw invalidArgument(`The filter is longer than ${LONGEST_EXPRESSION}.`);
  if ((refused.get(text) ?? 0) > Date.now()) throw tooSlow();
  const expression = compile(text);
  return (names) => judge(text, () => names.map((name) => expression.test(name)));
}

function judge(text: string, work: () => boolean[], attempt = 1): boolean[] {
  try {
    return withinTime(LIMIT_MS, work);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw notAnExpression(error as Error);
    if (attempt < ATTEMPTS) return judge(text, work, attempt + 1);
    refused.set(text, Date.now() + REFUSED_FOR_MS);
    throw tooSlow();
  }
}

function compile(text: string): RegExp {
  const blind = text.startsWith(CASE_BLIND);
  try {
    return new RegExp(blind ? text.slice(CASE_BLIND.length) : text, blind ? 'i' : '');
  } catch (error) {
    throw notAnExpression(error as Error);
  }
}

const notAnExpression = ({ message }: Error) => invalidArgument(`The filter is not a regular expression: ${message}`);

const tooSlow = () =>
  invalidArgument(
    `The filter takes longer than ${LIMIT_MS} ms: simplify the regular expression, or filter by prefixes.`,
  );
