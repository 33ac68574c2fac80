import { base36 } from './base36.js';
import { isoMs } from './iso-time.js';

/** Sorts below every character of a name or an id. */
const SEPARATOR = '\u0000';
const TIME_DIGITS = 9;
const ASCII = /^[\u0000-\u007f]*$/;

/** A member of an index: sorted by `sortedBy`, then by `id`. */
export const member = (sortedBy: string, id: string): string => `${sortedBy}${SEPARATOR}${id}`;

/** The id in a member. */
export const idOf = (of: string): string => of.slice(of.lastIndexOf(SEPARATOR) + 1);

/** Whether this can be a member at all. */
export const isMember = (text: string): boolean => text.includes(SEPARATOR);

/** A text whatever its case, its accents and its width. */
export const folded = (text: string): string =>
  (ASCII.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();

/** A name to sort by, whatever its case, its accents and its width; no control character is left in it. */
export const byName = (name: string): string => folded(name).replace(/[\u0000-\u001f]/g, ' ');

/** A moment to sort by: milliseconds since 1970 in base 36, of equal length until the year 5188. */
export const byTime = (at: string): string => {
  const ms = isoMs(at);
  return base36(ms >= 0 ? ms : Date.parse(at)).padStart(TIME_DIGITS, '0');
};
