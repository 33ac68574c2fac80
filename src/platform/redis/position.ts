const DIGITS = 20;
/** In the order of their bytes. */
const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const BITS = 6n;
const SHORT_LENGTH = 11;

/** A position as it is kept: of equal length, so that it sorts, and never a number, which would round it. */
export const positionText = (position: bigint): string => position.toString().padStart(DIGITS, '0');

/** A kept position; null for none. */
export const positionFrom = (text: string | null): bigint | null =>
  text === null || text === '' ? null : BigInt(text);

/** A position in eleven characters that sort as positions do. */
export const shortPosition = (position: bigint): string => {
  let short = '';
  for (let rest = position; short.length < SHORT_LENGTH; rest >>= BITS)
    short = ALPHABET.charAt(Number(rest & 63n)) + short;
  return short;
};

/** The position again. */
export const fullPosition = (short: string): bigint =>
  [...short].reduce((position, character) => (position << BITS) | BigInt(ALPHABET.indexOf(character)), 0n);
