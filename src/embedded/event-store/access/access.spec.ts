import { NOBODY } from '../transport/caller.js';
import { createAccessPolicy, type Action } from './access-policy.js';
import { createAuthenticator } from './authenticator.js';
import { hashPassword, isPassword } from './password.js';

const admin = { name: 'root', roles: ['$admins'] };
const ops = { name: 'olivia', roles: ['ops'] };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the access policy', () => {
  const acl = { read: ['ops'], write: ['$admins'], metadataWrite: ['olivia'] };
  const may = createAccessPolicy((stream) => (stream === 'guarded' ? { acl } : {}));
  const allowed = (caller: typeof admin, action: Action, ...streams: string[]) =>
    streams.map((stream) => may(caller, action, stream));

  it('lets admins do anything', () => {
    expect(allowed(admin, 'write', 's', '$s', '$all', 'guarded')).toEqual([true, true, true, true]);
  });
  it('lets nobody do anything without credentials', () => {
    expect(may({ ...NOBODY }, 'read', 's')).toBe(false);
  });
  it('keeps system streams and $all for admins', () => {
    expect(allowed(ops, 'read', 's', '$s', '$all', '$$$s')).toEqual([true, false, false, false]);
  });
  it('lets operators manage consumer groups, and others not', () => {
    const operator = { name: 'ops', roles: ['$ops'] };
    expect([operator, admin, ops, NOBODY].map((caller) => may(caller, 'manage', 'guarded'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
  it('follows the list of a stream, by role and by name', () => {
    expect([may(ops, 'read', 'guarded'), may(ops, 'write', 'guarded')]).toEqual([true, false]);
    expect([may(ops, 'read', '$$guarded'), may(ops, 'write', '$$guarded')]).toEqual([true, true]);
  });
});

describe('a password', () => {
  it('is known by its hash, and no other is', async () => {
    const hash = await hashPassword('secret');
    expect(await isPassword('secret', hash)).toBe(true);
    expect(await isPassword('Secret', hash)).toBe(false);
    expect(hash).not.toContain('secret');
  });
});

describe('basic authentication', () => {
  it('knows a user by password, at once the second time', async () => {
    const identify = createAuthenticator([{ login: 'olivia', password: await hashPassword('a:b'), groups: ['ops'] }]);
    expect(await identify(basic('olivia:a:b'))).toEqual(ops);
    expect(identify(basic('olivia:a:b'))).toEqual(ops);
  });
  it('takes a call without credentials for nobody', () => expect(createAuthenticator([])(undefined)).toBe(NOBODY));
  it.each(['', 'Bearer x', basic('olivia'), basic('olivia:wrong'), basic(':')])('refuses %j', async (header) => {
    await expect(createAuthenticator([])(header)).rejects.toMatchObject({ code: 16 });
  });
});
