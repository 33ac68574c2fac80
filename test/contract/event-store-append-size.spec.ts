import { binaryEvent, EventStoreDBClient, MaxAppendSizeExceededError } from '@eventstore/db-client';
import { startNode, withDataFolder, type NodeProcess } from './event-store/embedded-node.js';

const MIB = 1024 * 1024;
/** Credentials make the client use Append, and without any it uses BatchAppend. */
const CALLS = { BatchAppend: {}, Append: { credentials: { username: 'any', password: 'any' } } };

/** Uses a node that was started with options. */
const withNode = (options: readonly string[], use: (client: EventStoreDBClient, node: NodeProcess) => Promise<void>) =>
  withDataFolder(async (data) => {
    const node = await startNode(data, ...options);
    const client = EventStoreDBClient.connectionString(node.url);
    try {
      await use(client, node);
    } finally {
      await client.dispose();
      await node.kill('SIGTERM');
    }
  });

describe('the greatest append an event store takes', () => {
  it.each([
    [[], MIB],
    [['--max-append-size', `${4 * MIB}`], 4 * MIB],
  ])('with the options %j is of %d bytes, whichever the call', (options, limit) =>
    withNode(options, async (client) => {
      for (const [call, using] of Object.entries(CALLS)) {
        const append = (bytes: number) =>
          client.appendToStream(call, binaryEvent({ type: 'Weighty', data: Buffer.alloc(bytes) }), using);
        expect(await append(limit)).toMatchObject({ success: true });
        const refusal = await append(limit + 1).catch((error: Error) => error);
        expect(refusal).toBeInstanceOf(MaxAppendSizeExceededError);
        expect(refusal).toMatchObject({ maxAppendSize: limit });
      }
    }),
  );

  it.each(['0', 'many', `${16 * MIB}`])('cannot be of %s bytes', (bytes) =>
    withDataFolder(async (data) => {
      await expect(startNode(data, '--max-append-size', bytes)).rejects.toThrow('is not from 1 to 16767216 bytes');
    }),
  );
});
