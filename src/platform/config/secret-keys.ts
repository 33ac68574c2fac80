import { z } from 'zod';

/** A key that personal links are derived with (D6). */
export interface SecretKey {
  /** Part of the link, so that keys can be rotated. */
  readonly id: string;
  /** At least 32 bytes. */
  readonly key: Uint8Array;
}

const MIN_BYTES = 32;
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]+)$/;
const SHAPE = 'must be keyId:key pairs separated by commas, each key at least 32 bytes in base64url';
const UNIQUE = 'must give each key an id of its own';

const parseEntry = (entry: string): SecretKey | null => {
  const [, id, encoded] = ENTRY.exec(entry.trim()) ?? [];
  if (id === undefined || encoded === undefined) return null;
  const key = new Uint8Array(Buffer.from(encoded, 'base64url'));
  return key.length >= MIN_BYTES ? { id, key } : null;
};

/** `keyId:base64url,…`: the first key signs. No message repeats any part of the value. */
export const secretKeys = z.string().transform((value, context): readonly SecretKey[] => {
  const keys = value.split(',').map(parseEntry);
  const sound = keys.filter((key) => key !== null);
  if (sound.length < keys.length) context.addIssue(SHAPE);
  else if (new Set(sound.map(({ id }) => id)).size < sound.length) context.addIssue(UNIQUE);
  return sound;
});
