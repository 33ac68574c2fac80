import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNode, type NodeProcess } from './embedded-node.js';

const ADD_USER = join(process.cwd(), 'dist/src/embedded/event-store/add-user.js');
const PASSWORD = 'changeit';

export interface SecureNode extends NodeProcess {
  /** The file of the authority that signed the node's certificate. */
  readonly authority: string;
}

/** Starts a node with TLS and the users of a new real node, under an authority made for the occasion. */
export async function startSecureNode(folder: string): Promise<SecureNode> {
  const file = (name: string) => join(folder, name);
  makeCertificate(folder);
  addUser(file('users.json'), 'admin', '$admins');
  addUser(file('users.json'), 'ops', '$ops');
  const tls = ['--tls-cert', file('node.crt'), '--tls-key', file('node.key'), '--users', file('users.json')];
  const node = await startNode(file('data'), ...tls);
  return { ...node, authority: file('ca.crt') };
}

function makeCertificate(folder: string): void {
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
  openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=throwaway-authority');
  openssl('req -newkey rsa:2048 -nodes -keyout node.key -out node.csr -subj /CN=node');
  openssl('x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out node.crt -days 2 -extfile names');
}

function addUser(users: string, login: string, group: string): void {
  execFileSync(process.execPath, [ADD_USER, users, login, group], { input: PASSWORD });
}
