const HALF_CHARACTER = /[\ud800-\udfff]/;

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * Texts in the order of their bytes in UTF-8, in which Redis sorts. JavaScript's own order is the same, unless a character
 * takes two of its places.
 */
export const inByteOrder = (texts: readonly string[]): string[] =>
  texts.some((text) => HALF_CHARACTER.test(text)) ? [...texts].sort(byBytes) : [...texts].sort();
