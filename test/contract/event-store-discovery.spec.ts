import { EventStoreDBClient } from '@eventstore/db-client';
import { startNode, withDataFolder } from './event-store/embedded-node.js';

/** Reads through a client that first asks the node where to connect, and tells where it was sent. */
async function discover(host: string, port: number): Promise<{ target: string; events: number }> {
  const client = EventStoreDBClient.connectionString(`esdb+discover://${host}:${port}?tls=false&maxDiscoverAttempts=2`);
  try {
    let events = 0;
    for await (const { event } of client.readAll({ maxCount: 1 })) events += event ? 1 : 0;
    const channel = await (Reflect.get(client, 'getChannel') as () => Promise<{ getTarget(): string }>).call(client);
    return { target: channel.getTarget(), events };
  } finally {
    await client.dispose();
  }
}

describe('an event store that is discovered', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('is found, listening on %s, under the name its client knows', async (listening) => {
    await withDataFolder(async (data) => {
      const node = await startNode(data, '--host', listening);
      try {
        for (const host of ['localhost', '127.0.0.1'])
          expect(await discover(host, node.port)).toEqual({ target: `dns:${host}:${node.port}`, events: 1 });
      } finally {
        await node.kill('SIGTERM');
      }
    });
  });
});
