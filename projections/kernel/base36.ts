const RADIX = 36;
const HALF = RADIX ** 4;
const CODES = Uint8Array.from('0123456789abcdefghijklmnopqrstuvwxyz', (digit) => digit.charCodeAt(0));
const FROM = RADIX ** 7;
const TO = RADIX ** 8;

const digit = (value: number): number => CODES[value % RADIX] ?? 0;

/** `ms.toString(36)`; milliseconds of the years 1972 to 2059, which have eight digits, in a third of the time. */
export const base36 = (ms: number): string => {
  if (!(ms >= FROM && ms < TO) || !Number.isInteger(ms)) return ms.toString(RADIX);
  const high = Math.floor(ms / HALF);
  const low = ms - high * HALF;
  const [a, b, c] = [Math.floor(high / 46_656), Math.floor(high / 1_296), Math.floor(high / RADIX)];
  const [d, e, f] = [Math.floor(low / 46_656), Math.floor(low / 1_296), Math.floor(low / RADIX)];
  return String.fromCharCode(digit(a), digit(b), digit(c), digit(high), digit(d), digit(e), digit(f), digit(low));
};
