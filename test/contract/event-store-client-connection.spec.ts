import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessDeniedError, EventStoreDBClient, jsonEvent, UnavailableError } from '@eventstore/db-client';
import { WAYS, type Way } from './event-store/client-ways.js';
import { startNode } from './event-store/embedded-node.js';

const ADMIN = { username: 'admin', password: 'changeit' };
const STRANGER = { username: 'stranger', password: 'strange' };
/** Credentials make the client use Append, and without any it uses BatchAppend. */
const CALLS = [
  ['BatchAppend', {}],
  ['Append', { credentials: ADMIN }],
] as const;

type Http = (
  method: string,
  path: string,
  options: { transformError?: (status: number, message: string) => Error },
) => Promise<unknown>;

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type: 'test', data: { message: 'test', index } }));

async function count(read: AsyncIterable<unknown>): Promise<number> {
  const found: unknown[] = [];
  for await (const one of read) found.push(one);
  return found.length;
}

/** What the official client's own tests of connections ask for, where no recording does. */
describe.each(WAYS)('an event store, connected to by the official client %s', (_, start) => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-connection-'));
  let way: Way;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    way = await start(folder);
    client = EventStoreDBClient.connectionString(way.url());
  });
  afterAll(async () => {
    await client.dispose();
    await way.node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  describe('answers plain HTTP', () => {
    /** The client keeps the method from TypeScript alone. */
    const ask: Http = (...args) => (client as unknown as { HTTPRequest: Http }).HTTPRequest(...args);

    it('that pings it', async () => {
      const answer = { msgTypeId: expect.any(Number) as number, text: 'Ping request successfully handled' };
      expect(await ask('GET', '/ping', {})).toEqual(answer);
    });

    it('that asks for what is not there', async () => {
      const transformError = (status: number, message: string) => new Error(`${status} ${message}`);
      await expect(ask('POST', '/nowhere', { transformError })).rejects.toThrow('404 Not Found');
    });

    it('of HTTP/2 that asks whether it lives', async () => {
      const session = connectHttp2(way.origin, { rejectUnauthorized: false });
      const [headers] = (await once(session.request({ ':path': '/health/live' }), 'response')) as [object];
      expect(headers).toMatchObject({ ':status': 204 });
      session.destroy();
    });
  });

  it('ends subscriptions when their client is disposed of, which then connects anew', async () => {
    const other = EventStoreDBClient.connectionString(way.url());
    const subscriptions = [other.subscribeToStream('followed'), other.subscribeToAll()].map((of) => of.resume());
    await Promise.all(subscriptions.map((subscription) => once(subscription, 'confirmation')));
    const ends = subscriptions.map((subscription) => once(subscription, 'end'));
    await other.dispose();
    await Promise.all(ends);
    expect(await other.appendToStream('followed', events(1))).toHaveProperty('success', true);
    await other.dispose();
  });
});

describe('a secure event store', () => {
  const [, [, start]] = WAYS;

  it('goes by the credentials of a call before those of its client', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-store-credentials-'));
    const { node, url } = await start(folder);
    const admin = EventStoreDBClient.connectionString(url());
    const stranger = EventStoreDBClient.connectionString(url().replace('admin:changeit', 'stranger:strange'));
    const denied = (read: AsyncIterable<unknown>) => expect(count(read)).rejects.toBeInstanceOf(AccessDeniedError);
    await denied(admin.readAll({ maxCount: 2, credentials: STRANGER }));
    await denied(stranger.readAll({ maxCount: 2 }));
    expect(await count(admin.readAll({ maxCount: 2 }))).toBe(2);
    expect(await count(stranger.readAll({ maxCount: 2, credentials: ADMIN }))).toBe(2);
    await Promise.all([admin.dispose(), stranger.dispose()]);
    await node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });
});

describe.each(['SIGTERM', 'SIGKILL'] as const)('an event store that ends by %s', (signal) => {
  it.each(CALLS)('fails what is under way as unavailable, and serves %s again after a start', async (_, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'event-store-end-'));
    const first = await startNode(folder);
    const client = EventStoreDBClient.connectionString(first.url);
    await client.appendToStream('long', events(2000), options);
    const reading = (async () => {
      for await (const { event } of client.readStream('long')) if (event?.revision === 12n) await first.kill(signal);
    })();
    const subscription = once(client.subscribeToAll({ fromPosition: 'end' }).resume(), 'never');
    const lost = await Promise.allSettled([subscription, appendUntilFailure(client, options)]);
    expect(lost.map((one) => one.status === 'rejected' && one.reason instanceof UnavailableError)).toEqual([
      true,
      true,
    ]);
    await reading.catch((error) => expect(error).toBeInstanceOf(UnavailableError));
    const second = await startNode(folder, '--port', `${first.port}`);
    await client.appendToStream('long', events(1), options).catch(() => {});
    expect(await client.appendToStream('long', events(1), options)).toHaveProperty('success', true);
    await client.dispose();
    await second.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });
});

async function appendUntilFailure(client: EventStoreDBClient, options: object): Promise<never> {
  for (;;) await client.appendToStream('much', events(1000), options);
}

describe.each(WAYS)('an event store that strangers connect to %s', (_, start) => {
  it('drops those who speak no protocol of its, and does not wait for those who say nothing when it is stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-store-strangers-'));
    const { node } = await start(folder);
    const [noisy, silent] = [0, 0].map(() => connectTcp(node.port, '127.0.0.1').on('error', () => {})) as [
      Socket,
      Socket,
    ];
    await Promise.all([once(noisy, 'connect'), once(silent, 'connect')]);
    noisy.resume().write('Hello there, who are you?\r\n\r\n');
    await once(noisy, 'close');
    const from = Date.now();
    await node.kill('SIGTERM');
    expect(Date.now() - from).toBeLessThan(3000);
    rmSync(folder, { recursive: true, force: true });
  });
});
