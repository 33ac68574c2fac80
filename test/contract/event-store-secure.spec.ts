import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { settingsOf } from './event-store/consuming.js';
import { ACTIONS, confirmed, prepare } from './event-store/secure-actions.js';
import { startSecureNode, type SecureNode } from './event-store/secure-node.js';

const CALLERS = {
  admin: 'admin:changeit@',
  ops: 'ops:changeit@',
  nobody: '',
  'wrong password': 'admin:wrong@',
  'unknown user': 'who:changeit@',
};

type Recording = Record<string, Record<string, string>>;
const recorded = JSON.parse(readFileSync('test/contract/recorded-secure.json', 'utf8')) as Recording;

describe('a secure event store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-secure-'));
  const name = (suffix: string) => `${run}-${suffix}`;
  const run = randomUUID().slice(0, 8);
  const clients: EventStoreDBClient[] = [];
  let node: SecureNode;
  let admin: EventStoreDBClient;

  const connect = (login: string) => {
    const url = `esdb://${login}localhost:${node.port}?tls=true&tlsCAFile=${node.authority}`;
    const client = EventStoreDBClient.connectionString(url);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    node = await startSecureNode(folder);
    admin = connect(CALLERS.admin);
    await prepare(admin, name);
  });

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(CALLERS))('answers %s as a real node does', async (who, login) => {
    const client = connect(login);
    const answers: Record<string, string> = {};
    for (const [what, action] of Object.entries(ACTIONS)) {
      answers[what] = await action({ client, admin, who, name }).catch(told);
    }
    expect(answers).toEqual(recorded[who]);
  });

  it('lets operators manage consumer groups, and readers of the stream consume', async () => {
    const outcomes: Record<string, string[]> = {};
    for (const who of ['ops', 'nobody', 'admin'] as const) {
      const client = connect(CALLERS[who]);
      const group = `group of ${who}`;
      const create = () => client.createPersistentSubscriptionToStream(name('plain'), group, settingsOf());
      const remove = () => client.deletePersistentSubscriptionToStream(name('plain'), group);
      const consume = () => confirmed(client.subscribeToPersistentSubscriptionToStream(name('plain'), group));
      const done = (work: () => Promise<unknown>) => work().then(() => 'done', told);
      outcomes[who] = [await done(create), await done(consume), await done(remove)];
    }
    const denied = Array<string>(3).fill('AccessDeniedError access-denied 7');
    expect(outcomes).toEqual({ ops: ['done', 'done', 'done'], nobody: denied, admin: ['done', 'done', 'done'] });
  });
});

/** The class of an error, its type and its code, as far as it has them. */
function told(error: Error & { type?: string; code?: number }): string {
  return [error.constructor.name, error.type, error.code].filter((part) => part !== undefined).join(' ');
}
