import { base36 } from './base36.js';
import { isoMs, isoTime } from './iso-time.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CODES = Array.from(ALPHABET, (character) => character.charCodeAt(0));
const LENGTH = 36;
const DASHES = [8, 13, 18, 23];
const DASH = '-'.charCodeAt(0);
/** Three hexadecimal digits make two characters. The last two stand alone, beside a zero. */
const DIGITS = Array.from({ length: LENGTH }, (_, at) => at).filter((at) => !DASHES.includes(at));
const GROUPS = 11;
const HEX = Array.from({ length: 4096 }, (_, bits) => bits.toString(16).padStart(3, '0'));
const BITS = new Uint8Array(128);
for (const [bits, character] of [...ALPHABET].entries()) BITS[character.charCodeAt(0)] = bits;
const NO_DIGIT = 4096;
const VALUES = new Uint16Array(128).fill(NO_DIGIT);
for (const digit of '0123456789abcdef') VALUES[digit.charCodeAt(0)] = parseInt(digit, 16);
/** Stands in no id, so that a short one is told from one that was left as it is. */
const MARK = '=';

const hasDashes = (id: string): boolean =>
  id.charCodeAt(8) === DASH && id.charCodeAt(13) === DASH && id.charCodeAt(18) === DASH && id.charCodeAt(23) === DASH;

/** The n-th digit's value, zero behind the last; more than twelve bits for what is no digit. */
const digitOf = (id: string, n: number): number => {
  const at = DIGITS[n];
  return at === undefined ? 0 : (VALUES[id.charCodeAt(at)] ?? NO_DIGIT);
};

/** Filled anew for each id, which are many. */
const codes = [MARK.charCodeAt(0), ...new Array<number>(2 * GROUPS).fill(0)];

/** A UUID in 23 characters instead of 36; any other id as it is. */
export const shortId = (id: string): string => {
  if (id.length !== LENGTH || !hasDashes(id)) return id;
  for (let group = 0; group < GROUPS; group++) {
    const n = 3 * group;
    const bits = (digitOf(id, n) << 8) | (digitOf(id, n + 1) << 4) | digitOf(id, n + 2);
    if (bits >= NO_DIGIT) return id;
    codes[2 * group + 1] = CODES[bits >> 6] ?? 0;
    codes[2 * group + 2] = CODES[bits & 63] ?? 0;
  }
  return String.fromCharCode.apply(null, codes);
};

const bitsAt = (short: string, at: number): number => BITS[short.charCodeAt(at)] ?? 0;

/** The id again. Fast: it is done a hundred times for each page. */
export const fullId = (short: string): string => {
  if (!short.startsWith(MARK)) return short;
  let hex = '';
  for (let at = 1; at < short.length; at += 2) hex += HEX[(bitsAt(short, at) << 6) | bitsAt(short, at + 1)] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};

const NOT_SHORT = /[^0-9a-z]/;

/** A moment in eight characters instead of 24, if it is written as this service does; else as it is. */
export const shortTime = (at: string): string => {
  const ms = isoMs(at);
  return ms >= 0 ? base36(ms) : at;
};

/** The moment again. */
export const fullTime = (short: string): string =>
  NOT_SHORT.test(short) || short === '' ? short : isoTime(parseInt(short, 36));
