import { StreamDeletedError, WrongExpectedVersionError, convertToCommandError } from '@eventstore/db-client';
import type { AppendResp, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { NodeConnection } from './connection.js';
import { appendRequests, tombstoneRequest } from './messages.js';
import type { WireEvent } from './wire-event.js';

type Answered<T> = (error: Error | null, response: T) => void;

/**
 * Appends events to their stream exactly behind a revision (undefined: to a stream that is not there). Events that are
 * there already under these ids are not written again.
 * @returns the position of the last event, if the node tells it
 * @throws WrongExpectedVersionError and the node's other clear answers
 */
export async function append(
  node: NodeConnection,
  stream: string,
  behind: bigint | undefined,
  events: readonly WireEvent[],
): Promise<bigint | undefined> {
  const requests = appendRequests(stream, behind, events);
  const response = await node.patiently(() =>
    call<AppendResp>(node, 'append', (client, answered) => {
      const sink = client.append(...node.callArguments(), answered);
      for (const request of requests) sink.write(request);
      sink.end();
    }),
  );
  if (response.hasWrongExpectedVersion()) throw conflict(stream, behind, response);
  const position = response.getSuccess()?.getPosition()?.getCommitPosition();
  return position === undefined ? undefined : BigInt(position);
}

function conflict(streamName: string, behind: bigint | undefined, response: AppendResp): WrongExpectedVersionError {
  const answer = response.getWrongExpectedVersion();
  const current = answer?.hasCurrentRevision() ? BigInt(answer.getCurrentRevision()) : 'no_stream';
  return new WrongExpectedVersionError(null as never, { streamName, current, expected: behind ?? 'no_stream' });
}

/** Ends a stream for good behind its last revision. @returns the position of the tombstone, if the node tells it */
export async function tombstone(
  node: NodeConnection,
  stream: string,
  behind: bigint | undefined,
): Promise<bigint | undefined> {
  const request = tombstoneRequest(stream, behind);
  let tries = 0;
  const response = await node.patiently(() => {
    tries++;
    const work = call<TombstoneResp>(node, 'tombstone', (client, answered) => {
      client.tombstone(request, ...node.callArguments(), answered);
    });
    return work.catch((error: Error) => {
      // A repetition finds what the first try has done.
      if (tries > 1 && convertToCommandError(error) instanceof StreamDeletedError) return undefined;
      throw error;
    });
  });
  const position = response?.getPosition()?.getCommitPosition();
  return position === undefined ? undefined : BigInt(position);
}

function call<T>(
  node: NodeConnection,
  name: string,
  begin: (client: InstanceType<typeof grpc.StreamsClient>, answered: Answered<T>) => void,
): Promise<T> {
  return node.current['execute'](
    grpc.StreamsClient,
    name,
    (client) =>
      new Promise<T>((resolve, reject) => {
        begin(client, (error, response) => (error ? reject(error) : resolve(response)));
      }),
  );
}
