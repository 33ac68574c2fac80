const DIGITS = 20;
/** In the order of their bytes. */
const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const BITS = 6n;
/** A position's lowest 30 bits, the 30 above, and the 4 highest are numbers of their own: sums of big ones take longer. */
const PART_BITS = 30n;
const PART = 2n ** PART_BITS - 1n;

/** A position as it is kept: of equal length, so that it sorts, and never a number, which would round it. */
export const positionText = (position: bigint): string => position.toString().padStart(DIGITS, '0');

/** A kept position; null for none. */
export const positionFrom = (text: string | null): bigint | null =>
  text === null || text === '' ? null : BigInt(text);

const fiveOf = (part: number): string =>
  ALPHABET.charAt(part >> 24) +
  ALPHABET.charAt((part >> 18) & 63) +
  ALPHABET.charAt((part >> 12) & 63) +
  ALPHABET.charAt((part >> 6) & 63) +
  ALPHABET.charAt(part & 63);

/** A position in eleven characters that sort as positions do. */
export const shortPosition = (position: bigint): string => {
  const high = position >> PART_BITS;
  return ALPHABET.charAt(Number(high >> PART_BITS)) + fiveOf(Number(high & PART)) + fiveOf(Number(position & PART));
};

/** The position again. */
export const fullPosition = (short: string): bigint =>
  [...short].reduce((position, character) => (position << BITS) | BigInt(ALPHABET.indexOf(character)), 0n);
