import type { CustomerDetails } from '../../src/customers/customer.events.js';
import { folded, member } from '../kernel/member.js';
import type { IndexEntry } from '../kernel/projection.js';

/** Words of fewer letters are not in the index: they would find nearly everything, and the list itself is walked. */
export const SHORTEST_INDEXED = 3;
/** As much of a word is in the index: what is asked for beyond that is looked up in the record. */
const LONGEST_WORD = 24;
const LAST = '\u{10ffff}';

/** How many letters a text has, whatever its script. */
export const lettersIn = (text: string): number => [...text].length;

/** The first so many letters of a text: each is one or two of its characters. */
const firstLetters = (text: string, count: number): string =>
  text.length <= count ? text : [...text].slice(0, count).join('');

const isIndexed = (word: string): boolean =>
  word.length >= 2 * SHORTEST_INDEXED || (word.length >= SHORTEST_INDEXED && lettersIn(word) >= SHORTEST_INDEXED);

const LETTERS = /[\p{L}\p{N}.]+/gu;
const DOTS_AROUND = /^\.+|\.+$/g;

const withoutDotsAround = (word: string): string =>
  word.startsWith('.') || word.endsWith('.') ? word.replace(DOTS_AROUND, '') : word;

/** The words of a text, whatever their case, accents and width. What dots join is one word, as a domain is. */
export const wordsOf = (text: string): string[] =>
  (folded(text).match(LETTERS) ?? []).map(withoutDotsAround).filter((word) => word !== '');

/** A word, and what is left of it after each dot. */
const fromEachDot = (word: string): string[] => {
  if (!word.includes('.')) return [word];
  const labels = word.split(/\.+/);
  return labels.map((_, at) => labels.slice(at).join('.'));
};

/**
 * Every word by whose beginning a customer is found (C5): `com` finds no `fabrikam.com`, as it would find nearly everyone;
 * `fabrikam`, `fabrikam.c` and `fabrikam.com` do.
 */
export const searchedWords = ({ name, domain }: CustomerDetails): string[] => [
  ...new Set([...wordsOf(name).flatMap(fromEachDot), ...wordsOf(domain).flatMap(fromEachDot).slice(0, -1)]),
];

/** The index of a partner's customers by the words of their details. */
const wordsBy = (partnerId: string): string => `word:${partnerId}`;

/** Whoever looks for the beginning of a word finds a longer one that begins with all of it. */
const isCovered = (word: string, at: number, words: readonly string[]): boolean =>
  words.some((other, place) => place !== at && other.startsWith(word) && (other !== word || place < at));

/** Where a partner finds its customer by the words of its details. */
export const wordEntries = (partnerId: string, details: CustomerDetails, id: string): IndexEntry[] =>
  searchedWords(details)
    .filter(isIndexed)
    .map((word) => firstLetters(word, LONGEST_WORD))
    .filter((word, at, words) => !isCovered(word, at, words))
    .map((word) => ({ index: wordsBy(partnerId), member: member(word, id) }));

/** The part of the index that holds the partner's customers with a word that begins so; null where none does. */
export const wordsFrom = (partnerId: string, beginning: string) => {
  if (lettersIn(beginning) < SHORTEST_INDEXED) return null;
  const from = firstLetters(beginning, LONGEST_WORD);
  return { index: wordsBy(partnerId), from, to: `${from}${LAST}` };
};
