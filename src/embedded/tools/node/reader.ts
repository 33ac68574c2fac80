import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { NodeConnection } from './connection.js';
import { type AllRead, readAllRequest } from './messages.js';
import { wireEventOf, type WireEvent } from './wire-event.js';

/** The position of a node's newest event, 0 without any. @throws what the node answers */
export function headOf(node: NodeConnection): Promise<bigint> {
  return node.patiently(async () => {
    for await (const event of readOnce(node, { newest: 1 })) return event.position;
    return 0n;
  });
}

/**
 * The events of `$all` in order, after a position (undefined: from the beginning) up to that of an event. A read that
 * breaks, or ends before that event, is taken up again where it stopped; only what the consumer takes is fetched.
 */
export async function* readAll(
  node: NodeConnection,
  after: bigint | undefined,
  until: bigint,
): AsyncGenerator<WireEvent> {
  const patience = node.patience();
  let last = after;
  while ((last ?? 0n) < until) {
    try {
      for await (const event of readOnce(node, { from: last ?? 'start' })) {
        if (event.position > until) return;
        patience.reset();
        if (event.position === last) continue;
        last = event.position;
        yield event;
      }
      requireReached(last, until);
    } catch (error) {
      await node.endure(patience, error);
    }
  }
}

/** A node that goes away can end a read as if there were nothing more. */
function requireReached(last: bigint | undefined, until: bigint): void {
  if ((last ?? 0n) < until) throw new Error(`the read of $all ended before position ${until}`);
}

async function* readOnce(node: NodeConnection, read: AllRead): AsyncGenerator<WireEvent> {
  const [metadata, options] = node.callArguments();
  const responses = await node.current['GRPCStreamCreator'](grpc.StreamsClient, 'readAll', (client) =>
    client.read(readAllRequest(read), metadata, { ...options, deadline: Infinity }),
  )();
  responses.on('error', () => undefined);
  try {
    for await (const response of responses as AsyncIterable<ReadResp>) {
      const event = wireEventOf(response);
      if (event) yield event;
    }
  } finally {
    responses.cancel();
  }
}
