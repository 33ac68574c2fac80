const BETWEEN = '\t';
const ESCAPED = /[%\t]/g;

const escaped = (value: string): string =>
  value.includes('%') || value.includes(BETWEEN) ? value.replace(ESCAPED, encodeURIComponent) : value;

/** How many there are without the empty ones at the end. */
const lengthOf = (values: readonly (string | null)[]): number => {
  let length = values.length;
  while (length > 0 && !values[length - 1]) length--;
  return length;
};

/** Values one after the other, without names and quotes. Null and the empty string are the same: nothing. */
export const joinFields = (values: readonly (string | null)[]): string => {
  const length = lengthOf(values);
  let joined = '';
  for (let at = 0; at < length; at++) {
    const value = values[at];
    if (at > 0) joined += BETWEEN;
    if (value) joined += escaped(value);
  }
  return joined;
};

const decoded = (value: string): string => (value.includes('%') ? decodeURIComponent(value) : value);

/** The values again, '' where there was nothing; as many as were not left out at the end. */
export const splitFields = (joined: string): string[] => {
  const values = joined.split(BETWEEN);
  return joined.includes('%') ? values.map(decoded) : values;
};

/** A value, or null for nothing. */
export const orNull = (value: string | undefined): string | null => value || null;
