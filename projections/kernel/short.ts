import { isoTime } from './iso-time.js';
import { remembered } from './remembered.js';

const REMEMBERED = 10_000;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LENGTH = 36;
const DASHES = [8, 13, 18, 23];
/** Three hexadecimal digits make two characters. The last one stands alone, beside two zeros. */
const DIGITS = Array.from({ length: LENGTH }, (_, at) => at).filter((at) => !DASHES.includes(at));
const GROUPS = Array.from({ length: 10 }, (_, n) => DIGITS.slice(3 * n, 3 * n + 3) as [number, number, number]);
const REST = DIGITS.slice(30) as [number, number];
const PAIRS = Array.from({ length: 4096 }, (_, bits) => ALPHABET.charAt(bits >> 6) + ALPHABET.charAt(bits & 63));
const HEX = PAIRS.map((_, bits) => bits.toString(16).padStart(3, '0'));
const BITS = new Uint8Array(128);
for (const [bits, character] of [...ALPHABET].entries()) BITS[character.charCodeAt(0)] = bits;
const NO_DIGIT = 4096;
const VALUES = new Uint16Array(128).fill(NO_DIGIT);
for (const digit of '0123456789abcdef') VALUES[digit.charCodeAt(0)] = parseInt(digit, 16);
/** Stands in no id, so that a short one is told from one that was left as it is. */
const MARK = '=';

const valueAt = (id: string, at: number): number => VALUES[id.charCodeAt(at)] ?? NO_DIGIT;

/** A UUID in 23 characters instead of 36; any other id as it is. For one that comes once. */
export const shortened = (id: string): string => {
  if (id.length !== LENGTH || DASHES.some((at) => id.charAt(at) !== '-')) return id;
  let short = MARK;
  for (const [a, b, c] of GROUPS) {
    const pair = PAIRS[(valueAt(id, a) << 8) | (valueAt(id, b) << 4) | valueAt(id, c)];
    if (pair === undefined) return id;
    short += pair;
  }
  const last = PAIRS[(valueAt(id, REST[0]) << 8) | (valueAt(id, REST[1]) << 4)];
  return last === undefined ? id : short + last;
};

/** See {@link shortened}. For ids of partners, customers and people: they come many times with each event. */
export const shortId = remembered(shortened, REMEMBERED);

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
export const shortTime = remembered((at: string): string => {
  const ms = Date.parse(at);
  return ms >= 0 && isoTime(ms) === at ? ms.toString(36) : at;
}, REMEMBERED);

/** The moment again. */
export const fullTime = (short: string): string =>
  NOT_SHORT.test(short) || short === '' ? short : isoTime(parseInt(short, 36));
