import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.js';
import { keptFile } from './kept-file.js';
import { SecretKeys } from './secret-keys.js';

const newKey = () => randomBytes(32).toString('base64url');

/** The configured keys, or one of its own that is made once and kept in the data folder. */
export const loadSecretKeys = async ({ secretKeys, dataDir }: Config): Promise<SecretKeys> => {
  if (secretKeys) return new SecretKeys(secretKeys);
  const kept = await keptFile(dataDir, 'secret-key', newKey);
  return new SecretKeys([{ id: 'local', key: Buffer.from(kept.trim(), 'base64url') }]);
};
