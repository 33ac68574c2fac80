import type { KeyObject } from 'node:crypto';
import { createHmac, createSecretKey } from 'node:crypto';
import type { SecretKey } from '../config/secret-keys.js';

/** The service's keys for HMACs. The first one signs; the others are kept so that what they signed can be checked. */
export class SecretKeys {
  /** The id of the key that signs. */
  readonly currentId: string;
  private readonly keys: ReadonlyMap<string, KeyObject>;

  constructor(keys: readonly SecretKey[]) {
    const [first] = keys;
    if (!first) throw new Error('There is no secret key.');
    this.currentId = first.id;
    this.keys = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  }

  /** The ids of all keys, the current one first. */
  get ids(): string[] {
    return [...this.keys.keys()];
  }

  /**
   * HMAC-SHA-256 of `text` for one purpose, written out: purposes never share a value.
   * @throws Error when the key is no longer configured
   */
  hmac(purpose: string, text: string, encoding: 'hex' | 'base64url', keyId = this.currentId): string {
    const key = this.keys.get(keyId);
    if (!key) throw new Error(`SECRET_KEYS no longer holds the key ${keyId}; put it back after the current one.`);
    return createHmac('sha256', key).update(`${purpose}\n${text}`).digest(encoding);
  }
}
