/** What a stream's metadata says about the visibility of its events, and who may use it. */
export interface StreamMetadata {
  /** Only so many of the newest events are visible. */
  readonly maxCount?: number;
  /** Events older than so many seconds are invisible. */
  readonly maxAgeSeconds?: number;
  /** Events before this revision are invisible. */
  readonly truncateBefore?: number;
  /** A deleted stream is one truncated before the greatest revision there is. */
  readonly softDeleted?: boolean;
  readonly acl?: StreamAcl;
}

/** The roles that may do something; an absent list leaves the default. */
export interface StreamAcl {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly delete?: readonly string[];
  readonly metadataRead?: readonly string[];
  readonly metadataWrite?: readonly string[];
}

export const NO_METADATA: StreamMetadata = {};
export const METADATA_TYPE = '$metadata';
/** What a deletion writes, in a node's own words. */
export const SOFT_DELETION = '{"$tb":9223372036854775807}';

const GREATEST_REVISION = 2n ** 63n - 1n;

export const metastreamOf = (stream: string): string => `$$${stream}`;
export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const originalOf = (metastream: string): string => metastream.slice(2);

/** Reads the data of a `$metadata` event; what a node could not read counts as no metadata. */
export function parseStreamMetadata(data: Buffer): StreamMetadata {
  try {
    const text = data.toString('utf8');
    const json: unknown = JSON.parse(text);
    return isObject(json) ? { ...limitsOf(json, text), ...aclOf(json['$acl']) } : NO_METADATA;
  } catch {
    return NO_METADATA;
  }
}

/**
 * The metadata of a stream that is written again after a deletion: its old events stay hidden.
 * @returns JSON, or undefined when the present metadata is no JSON object
 */
export function undeletedMetadata(data: Buffer, truncateBefore: number): Buffer | undefined {
  try {
    const json: unknown = JSON.parse(data.toString('utf8'));
    return isObject(json) ? Buffer.from(JSON.stringify({ ...json, $tb: truncateBefore })) : undefined;
  } catch {
    return undefined;
  }
}

function limitsOf(json: Record<string, unknown>, text: string): StreamMetadata {
  const maxCount = integerOf(json['$maxCount']);
  const maxAgeSeconds = integerOf(json['$maxAge']);
  integerOf(json['$cacheControl']);
  return {
    ...(maxCount !== undefined && maxCount > 0 ? { maxCount } : {}),
    ...(maxAgeSeconds !== undefined && maxAgeSeconds > 0 ? { maxAgeSeconds } : {}),
    ...truncationOf(integerOf(json['$tb']), text),
  };
}

/** JSON numbers lose the last digits of a 64-bit revision, so a great one is read from the text. */
function truncationOf(value: number | undefined, text: string): StreamMetadata {
  if (value === undefined || value < 0) return {};
  if (Number.isSafeInteger(value)) return { truncateBefore: value };
  const exact = BigInt(/"\$tb"\s*:\s*(\d+)/.exec(text)?.[1] ?? value);
  if (exact > GREATEST_REVISION) throw new RangeError('$tb exceeds 64 bits');
  return { truncateBefore: Number.MAX_SAFE_INTEGER, softDeleted: exact === GREATEST_REVISION };
}

function integerOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError('not an integer');
  return value;
}

function aclOf(value: unknown): StreamMetadata {
  if (!isObject(value)) return {};
  const acl: StreamAcl = {
    ...rolesOf('read', value['$r']),
    ...rolesOf('write', value['$w']),
    ...rolesOf('delete', value['$d']),
    ...rolesOf('metadataRead', value['$mr']),
    ...rolesOf('metadataWrite', value['$mw']),
  };
  return { acl };
}

function rolesOf(key: keyof StreamAcl, value: unknown): StreamAcl {
  if (typeof value === 'string') return { [key]: [value] };
  return Array.isArray(value) ? { [key]: value.filter((role) => typeof role === 'string') } : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
