const DIGITS = 20;

/** A position as it is kept: of equal length, so that it sorts, and never a number, which would round it. */
export const positionText = (position: bigint): string => position.toString().padStart(DIGITS, '0');

/** A kept position; null for none. */
export const positionFrom = (text: string | null): bigint | null =>
  text === null || text === '' ? null : BigInt(text);
