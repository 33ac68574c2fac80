const BETWEEN = '\t';
const ESCAPED = /[%\t]/g;

/** Values one after the other, without names and quotes. Null and the empty string are the same: nothing. */
export const joinFields = (values: readonly (string | null)[]): string =>
  values
    .map((value) => (value ?? '').replace(ESCAPED, encodeURIComponent))
    .join(BETWEEN)
    .replace(/\t+$/, '');

const decoded = (value: string): string => (value.includes('%') ? decodeURIComponent(value) : value);

/** The values again, '' where there was nothing; as many as were not left out at the end. */
export const splitFields = (joined: string): string[] => {
  const values = joined.split(BETWEEN);
  return joined.includes('%') ? values.map(decoded) : values;
};

/** A value, or null for nothing. */
export const orNull = (value: string | undefined): string | null => value || null;
