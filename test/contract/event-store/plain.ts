/** What a recording can hold: JSON without what differs from run to run. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

const ERROR_FIELDS = [
  'streamName',
  'expectedVersion',
  'actualVersion',
  'maxAppendSize',
  'requiredMetadataProperties',
  'groupName',
] as const;

/** Turns a value into what recordings hold; `rename` replaces names that are made up for each run. */
export function plain(value: unknown, rename: (text: string) => string): Plain {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return rename(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map((item) => plain(item, rename));
  const entries = Object.entries(value).map(([key, item]) => [key, plain(item, rename)] as const);
  return Object.fromEntries(entries);
}

/** The class of an error and what it says about stream and revision. */
export function plainError(error: unknown, rename: (text: string) => string): Plain {
  const fields = error as Record<string, unknown>;
  const told = ERROR_FIELDS.filter((key) => fields[key] !== undefined).map((key) => [key, plain(fields[key], rename)]);
  const type = typeof fields['type'] === 'string' ? fields['type'] : null;
  return { error: (error as Error).constructor.name, type, ...Object.fromEntries(told) };
}
