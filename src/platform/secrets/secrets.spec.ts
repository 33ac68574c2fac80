import { fingerprintOf, isFingerprintOf } from './fingerprint.js';
import { SecretKeys } from './secret-keys.js';

const old = { id: 'old', key: Buffer.alloc(32, 1) };
const fresh = { id: 'new', key: Buffer.alloc(32, 2) };

describe('The service’s secret keys', () => {
  it('give the same value again, and another one for another purpose or key (D6)', () => {
    const keys = new SecretKeys([fresh, old]);
    const value = keys.hmac('link', 'text', 'hex');
    expect(keys.hmac('link', 'text', 'hex')).toBe(value);
    expect(keys.hmac('other', 'text', 'hex')).not.toBe(value);
    expect(keys.hmac('link', 'text', 'hex', 'old')).not.toBe(value);
    expect(value).toHaveLength(64);
  });

  it('say which one is missing after a careless rotation', () => {
    expect(() => new SecretKeys([fresh]).hmac('link', 'text', 'hex', 'old')).toThrow(
      'SECRET_KEYS no longer holds the key old',
    );
  });
});

describe('A request’s fingerprint (D7)', () => {
  const before = new SecretKeys([old]);
  const after = new SecretKeys([fresh, old]);

  it('does not depend on the order of fields', () => {
    expect(fingerprintOf(before, { a: 1, b: { c: 2, d: 3 } })).toBe(fingerprintOf(before, { b: { d: 3, c: 2 }, a: 1 }));
  });

  it('is recognised after the keys were rotated', () => {
    const kept = fingerprintOf(before, { a: 1 });
    expect(isFingerprintOf(after, { a: 1 }, kept)).toBe(true);
    expect(isFingerprintOf(after, { a: 2 }, kept)).toBe(false);
  });
});
