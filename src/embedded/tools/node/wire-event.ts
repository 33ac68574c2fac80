import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

/** The revision that the tombstone of a stream has. */
export const TOMBSTONE_REVISION = 2n ** 63n - 1n;

/** An event as it went over the wire: nothing of it was parsed and written anew. */
export interface WireEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** The commit position, which counts in its own node only. */
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  /** Ticks of 100 ns since the Unix epoch, as decimal digits. */
  readonly created: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

/** The event in a node's answer, if there is one. */
export function wireEventOf(response: ReadResp): WireEvent | undefined {
  const recorded = response.getEvent()?.getEvent();
  if (!recorded) return undefined;
  const properties = recorded.getMetadataMap();
  const property = (name: string) => properties.get(name) ?? '';
  return {
    stream: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
    revision: BigInt(recorded.getStreamRevision()),
    position: BigInt(recorded.getCommitPosition()),
    id: recorded.getId()?.getString() ?? '',
    type: property('type'),
    contentType: property('content-type'),
    created: property('created'),
    metadata: recorded.getCustomMetadata_asU8(),
    data: recorded.getData_asU8(),
  };
}

export const isTombstone = (event: WireEvent): boolean => event.revision === TOMBSTONE_REVISION;
