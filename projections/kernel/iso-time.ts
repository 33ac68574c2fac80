const DAY_MS = 86_400_000;
const DATE_LENGTH = '2026-03-01T'.length;
const PADDED = Array.from({ length: 1_000 }, (_, n) => n.toString().padStart(3, '0'));

let day = NaN;
let date = '';

const dateOf = (ofDay: number): string => {
  if (ofDay !== day) {
    date = new Date(ofDay * DAY_MS).toISOString().slice(0, DATE_LENGTH);
    day = ofDay;
  }
  return date;
};

const two = (n: number): string => (PADDED[n] ?? '').slice(1);

/**
 * A moment after 1970, in whole milliseconds, as `toISOString` writes it. Five times as fast while the day stays the
 * same, which counts on a page full of moments.
 */
export const isoTime = (ms: number): string => {
  const ofDay = Math.floor(ms / DAY_MS);
  const rest = ms - ofDay * DAY_MS;
  const [hours, minutes] = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60];
  return `${dateOf(ofDay)}${two(hours)}:${two(minutes)}:${two(Math.floor(rest / 1_000) % 60)}.${PADDED[rest % 1_000]}Z`;
};

const WIDTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ZERO = 48;
const BAD = NaN;

/** A digit's value; NaN for anything else. */
const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : BAD;
};
const twoAt = (text: string, at: number): number => 10 * digit(text, at) + digit(text, at + 1);

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days from 1970-01-01; NaN for no day. Years begin in March, so that the leap day is the last. */
const daysAt = (text: string): number => {
  const [year, month, dayOfMonth] = [100 * twoAt(text, 0) + twoAt(text, 2), twoAt(text, 5), twoAt(text, 8)];
  const width = month === 2 && isLeap(year) ? 29 : (WIDTHS[month] ?? 0);
  if (!(year >= 1970 && dayOfMonth >= 1 && dayOfMonth <= width)) return BAD;
  const years = month > 2 ? year : year - 1;
  const days = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  return 365 * years + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + days - 719_468;
};

const isPunctuated = (text: string): boolean =>
  text.length === 24 &&
  text[4] === '-' &&
  text[7] === '-' &&
  text[10] === 'T' &&
  text[13] === ':' &&
  text[16] === ':' &&
  text[19] === '.' &&
  text[23] === 'Z';

/** The milliseconds of a moment after 1970 that is written as `toISOString` writes it; NaN for any other text. */
export const isoMs = (text: string): number => {
  if (!isPunctuated(text)) return BAD;
  const [hours, minutes, seconds] = [twoAt(text, 11), twoAt(text, 14), twoAt(text, 17)];
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return BAD;
  const ms = 10 * twoAt(text, 20) + digit(text, 22);
  return daysAt(text) * DAY_MS + hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + ms;
};
