import type { SecretKeys } from './secret-keys.js';

const areSorted = (keys: readonly string[]): boolean => keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key);

const sortKeys = (_: string, value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value) || areSorted(Object.keys(value))
    ? value
    : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A keyed hash of a request, as `keyId:hex`. Keyed because bodies hold personal data that a bare hash would betray. */
export const fingerprintOf = (keys: SecretKeys, request: object, keyId = keys.currentId): string =>
  `${keyId}:${keys.hmac('fingerprint', JSON.stringify(request, sortKeys), 'hex', keyId)}`;

/** Whether a fingerprint, perhaps made with an older key, is that of this request. */
export const isFingerprintOf = (keys: SecretKeys, request: object, fingerprint: string): boolean =>
  fingerprintOf(keys, request, fingerprint.slice(0, fingerprint.indexOf(':'))) === fingerprint;
