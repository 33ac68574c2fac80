import { randomUUID } from 'node:crypto';
import { NodeConnection } from '../../../src/embedded/tools/node/connection.js';
import { headOf, readAll } from '../../../src/embedded/tools/node/reader.js';
import { TOMBSTONE_REVISION, type WireEvent } from '../../../src/embedded/tools/node/wire-event.js';
import { append } from '../../../src/embedded/tools/node/writer.js';

/** Uses a node below the client's parsing of events. */
export async function withWire<T>(url: string, use: (node: NodeConnection) => Promise<T>): Promise<T> {
  const node = new NodeConnection(url, 'node under test');
  try {
    return await use(node);
  } finally {
    await node.close();
  }
}

/** Everything in `$all`, in order. */
export const allOf = (url: string): Promise<WireEvent[]> =>
  withWire(url, async (node) => {
    const events: WireEvent[] = [];
    for await (const event of readAll(node, undefined, await headOf(node))) events.push(event);
    return events;
  });

/** All that a node tells of an event, in one line. */
export const lineOf = ({ data, metadata, ...rest }: WireEvent): string =>
  [...Object.values(rest), Buffer.from(data).toString('base64'), Buffer.from(metadata).toString('base64')].join(' ');

/** What a copy keeps of the events of users' streams; the id of a tombstone is each node's own. */
export const carriedOf = async (url: string): Promise<object[]> => {
  const events = await allOf(url);
  return events
    .filter(({ stream }) => !/^(\$|checkpoint-)/.test(stream.replace(/^\$\$/, '')))
    .map(({ stream, revision, id, type, contentType, data, metadata }) => ({
      ...{ stream, revision: `${revision}`, type, contentType },
      id: revision === TOMBSTONE_REVISION ? 'its own' : id,
      data: Buffer.from(data).toString('base64'),
      metadata: Buffer.from(metadata).toString('base64'),
    }));
};

/** Appends events with exactly these bytes. */
export const appendBytes = (
  url: string,
  stream: string,
  behind: bigint | undefined,
  events: readonly { readonly contentType: string; readonly data: string | Uint8Array; readonly metadata?: string }[],
): Promise<bigint | undefined> =>
  withWire(url, (node) =>
    append(
      node,
      stream,
      behind,
      events.map((event) => proposed(stream, event)),
    ),
  );

const proposed = (
  stream: string,
  { contentType, data, metadata = '' }: { contentType: string; data: string | Uint8Array; metadata?: string },
): WireEvent => ({
  ...{ stream, revision: 0n, position: 0n, id: randomUUID(), type: 'Noted', contentType, created: '0' },
  data: Buffer.from(data as string),
  metadata: Buffer.from(metadata),
});
