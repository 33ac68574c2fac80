import { createHash } from 'node:crypto';
import { GenerationalCache } from '../log/generational-cache.js';
import { NOBODY, type Caller, type Identify } from '../transport/caller.js';
import { Code, RpcError } from '../transport/status.js';
import { isPassword } from './password.js';
import type { User } from './users.js';

const REMEMBERED_HALF = 500;
/** Compared with when the login is unknown, so that the answer takes as long as for a wrong password. */
const NOBODYS_PASSWORD = `scrypt:16384:8:1:${'A'.repeat(22)}==:${'A'.repeat(43)}=`;

/** Identifies callers by basic authentication. Hashing is slow on purpose, so what was right once is remembered. */
export function createAuthenticator(users: readonly User[]): Identify {
  const byLogin = new Map(users.map((user) => [user.login, user]));
  const remembered = new GenerationalCache<string, Caller | Promise<Caller>>(REMEMBERED_HALF);
  return (authorization) => {
    if (authorization === undefined) return NOBODY;
    const key = createHash('sha256').update(authorization).digest('base64');
    const known = remembered.get(key);
    if (known) return known;
    const verified = verify(authorization, byLogin);
    remembered.set(key, verified);
    verified.then(
      (caller) => remembered.set(key, caller),
      () => remembered.delete(key),
    );
    return verified;
  };
}

async function verify(authorization: string, users: ReadonlyMap<string, User>): Promise<Caller> {
  const { login, password } = parseBasic(authorization);
  const user = users.get(login);
  const right = await isPassword(password, user?.password ?? NOBODYS_PASSWORD);
  if (!user || !right) throw unauthenticated();
  return { name: user.login, roles: user.groups };
}

function parseBasic(authorization: string): { login: string; password: string } {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  const [login, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  if (!encoded || !login) throw unauthenticated();
  return { login, password: rest.join(':') };
}

const unauthenticated = () => new RpcError(Code.UNAUTHENTICATED, 'Unauthenticated');
