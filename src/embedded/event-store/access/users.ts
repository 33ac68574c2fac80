import { readFileSync } from 'node:fs';

export interface User {
  readonly login: string;
  /** As `hashPassword` makes it. */
  readonly password: string;
  readonly groups: readonly string[];
}

/**
 * Reads a file of users: `{"users": [{"login": "…", "password": "scrypt:…", "groups": ["$admins"]}]}`.
 * @throws Error with a sentence when the file cannot be read or is something else
 */
export function readUsers(path: string): User[] {
  try {
    const { users } = JSON.parse(readFileSync(path, 'utf8')) as { users: unknown };
    if (Array.isArray(users) && users.every(isUser)) return users;
  } catch (error) {
    throw new Error(`The users in ${path} cannot be read: ${(error as Error).message}.`);
  }
  throw new Error(`${path} holds no users; each needs a login, a password hashed by add-user, and groups.`);
}

function isUser(value: unknown): value is User {
  const { login, password, groups } = (value ?? {}) as Record<string, unknown>;
  const hashed = typeof password === 'string' && password.startsWith('scrypt:');
  return (
    typeof login === 'string' && hashed && Array.isArray(groups) && groups.every((group) => typeof group === 'string')
  );
}
