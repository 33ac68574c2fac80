import { existsSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { hashPassword } from './access/password.js';
import { readUsers } from './access/users.js';
import { report } from './diagnostics.js';

const USAGE = 'Usage: add-user FILE LOGIN [GROUP…], with the password on standard input';

/** Adds a user to the file that `--users` names, or replaces one of the same login. */
async function main([path, login, ...groups]: readonly string[]): Promise<void> {
  if (!path || !login || login.includes(':')) throw new Error(USAGE);
  const password = await hashPassword((await text(process.stdin)).replace(/\r?\n$/, ''));
  const others = existsSync(path) ? readUsers(path).filter((user) => user.login !== login) : [];
  const users = [...others, { login, password, groups }];
  writeFileSync(path, `${JSON.stringify({ users }, undefined, 2)}\n`, { mode: 0o600 });
}

main(process.argv.slice(2)).catch((error: Error) => {
  report('error', error.message, 'add-user', USAGE);
  process.exitCode = 1;
});
