import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, ReadReq, TombstoneReq } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { WireEvent } from './wire-event.js';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export type AllRead = { readonly from: 'start' | bigint } | { readonly newest: number };

/** A read of `$all`: forwards from a position (with the event there), or the newest events backwards. */
export function readAllRequest(read: AllRead): ReadReq {
  const all = new streams.ReadReq.Options.AllOptions();
  if ('newest' in read) all.setEnd(new shared.Empty());
  else if (read.from === 'start') all.setStart(new shared.Empty());
  else all.setPosition(positionOf(read.from));
  const uuids = new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty());
  const options = new streams.ReadReq.Options()
    .setAll(all)
    .setReadDirection('newest' in read ? 1 : 0)
    .setCount(String('newest' in read ? read.newest : NO_LIMIT))
    .setUuidOption(uuids)
    .setNoFilter(new shared.Empty());
  return new streams.ReadReq().setOptions(options);
}

function positionOf(position: bigint) {
  const digits = position.toString();
  return new streams.ReadReq.Options.Position().setCommitPosition(digits).setPreparePosition(digits);
}

/** The messages of an append: the options, then each event as it was read. */
export function appendRequests(stream: string, after: bigint | undefined, events: readonly WireEvent[]): AppendReq[] {
  const options = new streams.AppendReq.Options().setStreamIdentifier(identifierOf(stream));
  if (after === undefined) options.setNoStream(new shared.Empty());
  else options.setRevision(after.toString());
  return [new streams.AppendReq().setOptions(options), ...events.map(proposal)];
}

function proposal(event: WireEvent): AppendReq {
  const message = new streams.AppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(event.id))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  message.getMetadataMap().set('type', event.type).set('content-type', event.contentType);
  return new streams.AppendReq().setProposedMessage(message);
}

/** Ends a stream for good, if its last revision is the expected one (undefined: there is none). */
export function tombstoneRequest(stream: string, last: bigint | undefined): TombstoneReq {
  const options = new streams.TombstoneReq.Options().setStreamIdentifier(identifierOf(stream));
  if (last === undefined) options.setNoStream(new shared.Empty());
  else options.setRevision(last.toString());
  return new streams.TombstoneReq().setOptions(options);
}

function identifierOf(stream: string): StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
}
