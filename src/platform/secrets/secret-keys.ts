import { createHmac } from 'node:crypto';
import type { SecretKey } from '../config/secret-keys.js';

/** The service's keys for HMACs. The first one signs; the others are kept so that what they signed can be checked. */
export class SecretKeys {
  private readonly current: SecretKey;

  constructor(private readonly keys: readonly SecretKey[]) {
    const [first] = keys;
    if (!first) throw new Error('There is no secret key.');
    this.current = first;
  }

  get currentId(): string {
    return this.current.id;
  }

  /** The ids of all keys, the current one first. */
  get ids(): string[] {
    return this.keys.map(({ id }) => id);
  }

  /**
   * HMAC-SHA-256 of `text` for one purpose: purposes never share a value.
   * @throws Error when the key is no longer configured
   */
  hmac(purpose: string, text: string, keyId = this.current.id): Buffer {
    const found = this.keys.find(({ id }) => id === keyId);
    if (!found) throw new Error(`SECRET_KEYS no longer holds the key ${keyId}; put it back after the current one.`);
    return createHmac('sha256', found.key).update(`${purpose}\n${text}`).digest();
  }
}
