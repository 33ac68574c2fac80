import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventSchemas } from '../../src/kernel/upcasting.js';
import { append } from '../../src/platform/event-store/append.js';
import type { NewEvent } from '../../src/platform/event-store/codec.js';
import { EventStoreConnection } from '../../src/platform/event-store/connection.js';
import { readStream } from '../../src/platform/event-store/read.js';
import type { Server } from '../support/servers.js';
import { scratchFolder, startEventStore } from '../support/servers.js';

const IN_FLIGHT = 32;
const REPLACEMENTS = 10;
const LONG = 1_000;
const actor = { kind: 'customer', subject: 'bob', role: 'global-admin', customerId: 'fabrikam' } as const;

const event = (): NewEvent => {
  const id = randomUUID();
  const metadata = { actor, commandId: id, fingerprint: '', correlationId: id, causationId: id, schemaVersion: 1 };
  return { id, event: { type: 'Happened', data: {} }, metadata };
};

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let node: Server;
beforeAll(async () => {
  folder = await scratchFolder();
  node = await startEventStore(folder.path);
});
afterAll(async () => {
  await node.kill();
  await folder.remove();
});

const read = (connection: EventStoreConnection, stream: string) =>
  readStream(connection, new EventSchemas(), stream, null);

const connections = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

describe('Clients that append in turns', () => {
  it('share one connection, so that what they send in one turn leaves together', async () => {
    const before = connections();
    const connection = new EventStoreConnection(node.url);
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, (_, n) => append(connection, `together-${n}`, [event()], null)),
    );
    expect(connections()).toBe(before + 1);
    await connection.close();
  });
});

describe('An event store client that is given up while calls are on their way', () => {
  it('takes no append with it, and leaves none unanswered', async () => {
    const connection = new EventStoreConnection(node.url, 20);
    let done = false;
    const appendInOrder = async (stream: string) => {
      const ids: string[] = [];
      while (!done) {
        const next = event();
        await append(connection, stream, [next], ids.length === 0 ? null : BigInt(ids.length - 1));
        ids.push(next.id);
      }
      return ids;
    };
    const streams = Array.from({ length: IN_FLIGHT }, (_, n) => `appended-${n}`);
    const appending = Promise.all(streams.map(appendInOrder));
    for (let time = 0; time < REPLACEMENTS; time++) {
      await sleep(50);
      connection.replace(connection.current, 'a test');
    }
    done = true;
    const appended = await appending;
    const found = await Promise.all(streams.map((stream) => read(connection, stream)));
    expect(found.map((events) => events.map(({ id }) => id))).toEqual(appended);
    await connection.close();
  });

  it('cuts no read short', async () => {
    const connection = new EventStoreConnection(node.url);
    await append(connection, 'long', Array.from({ length: LONG }, event), null);
    for (let time = 0; time < REPLACEMENTS; time++) {
      const reading = Promise.all(Array.from({ length: 4 }, () => read(connection, 'long')));
      await sleep(Math.random() * 20);
      connection.replace(connection.current, 'a test');
      expect((await reading).map(({ length }) => length)).toEqual([LONG, LONG, LONG, LONG]);
    }
    await connection.close();
  });
});
