import ts from 'typescript';
import type { Source } from './sources.fixture.js';

const TESTING = new Set(['describe', 'it', 'test']);
const NOT_RUN = new Set(['skip', 'todo']);

/** The names in `it`, `it.each(…)`, `describe.skip` and the like: what is called first, then what is asked of it. */
const chain = (callee: ts.Expression): string[] => {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) return [...chain(callee.expression), callee.name.text];
  if (ts.isCallExpression(callee)) return chain(callee.expression);
  return ts.isTaggedTemplateExpression(callee) ? chain(callee.tag) : [];
};

/** The text as it stands in the source; null when the expression is no text. */
const literal = (node: ts.Node): string | null => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText().slice(1, -1);
  if (!ts.isBinaryExpression(node)) return null;
  const [left, right] = [literal(node.left), literal(node.right)];
  return left === null || right === null ? null : left + right;
};

const literals = (node: ts.Node): string[] => {
  const text = literal(node);
  if (text !== null) return [text];
  const found: string[] = [];
  node.forEachChild((child) => void found.push(...literals(child)));
  return found;
};

const titlesUnder = (node: ts.Node, outer: string): string[] => {
  const titles: string[] = [];
  node.forEachChild((child) => void titles.push(...titlesAt(child, outer)));
  return titles;
};

const titlesAt = (node: ts.Node, outer: string): string[] => {
  if (!ts.isCallExpression(node)) return titlesUnder(node, outer);
  const [first, ...asked] = chain(node.expression);
  const [title, ...body] = node.arguments;
  if (title === undefined || !TESTING.has(first ?? '')) return titlesUnder(node, outer);
  if (asked.some((name) => NOT_RUN.has(name))) return [];
  const own = literals(title).map((text) => `${outer}${text}`);
  const rows = literals(node.expression).map((text) => `${outer}${text}`);
  return [...own, ...rows, ...body.flatMap((part) => titlesAt(part, `${own[0] ?? ''} › `))];
};

/** The titles of a spec's suites and tests that are run, with those they stand in, and the texts in `each` tables. */
export const testTitles = ({ path, text }: Source): string[] =>
  titlesUnder(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true), '');
