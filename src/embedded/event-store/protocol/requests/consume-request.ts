import { readStreamIdentifier } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';
import { readUuid } from '../../codec/uuid.js';
import { invalidArgument } from '../errors.js';
import type { Rejection } from '../persistent/consumer-group.js';
import type { GroupName } from '../persistent/group-streams.js';
import { nameOf, unservedAll } from './persistent-subscription-request.js';
import { readUuidOption } from './uuid-option.js';

export interface ConsumeOptions extends GroupName {
  /** How many messages the consumer takes without having answered them. */
  readonly bufferSize: number;
  readonly textIds: boolean;
}

/** One message of a consumer: first the options, then what it says of the events it got. */
export type ConsumeRequest =
  | { readonly kind: 'options'; readonly options: ConsumeOptions }
  | { readonly kind: 'acknowledge'; readonly ids: readonly string[] }
  | { readonly kind: 'reject'; readonly ids: readonly string[]; readonly how: Rejection; readonly reason: string };

/** A rejection that does not say how is a retry. */
const REJECTIONS: readonly Rejection[] = ['retry', 'park', 'retry', 'skip', 'stop'];

/**
 * Reads a ReadReq of persistent subscriptions.
 * @throws MalformedMessage; RpcError when something is missing or not served
 */
export function readConsumeRequest(message: Buffer): ConsumeRequest {
  const reader = new FieldReader(message);
  let request: ConsumeRequest | undefined;
  while (reader.next()) {
    if (reader.field === 1) request = { kind: 'options', options: readOptions(reader.message()) };
    else if (reader.field === 2) request = { kind: 'acknowledge', ...readAnswer(reader.message()) };
    else if (reader.field === 3) request = { kind: 'reject', ...readAnswer(reader.message()) };
    else reader.skip();
  }
  if (!request) throw invalidArgument('The message holds neither options nor an answer.');
  return request;
}

function readOptions(reader: FieldReader): ConsumeOptions {
  let [stream, group] = ['', ''];
  let [bufferSize, textIds] = [0, false];
  while (reader.next()) {
    if (reader.field === 1) stream = readStreamIdentifier(reader.message());
    else if (reader.field === 2) group = reader.string();
    else if (reader.field === 3) bufferSize = reader.uint32();
    else if (reader.field === 4) textIds = readUuidOption(reader.message());
    else if (reader.field === 5) throw unservedAll();
    else reader.skip();
  }
  if (bufferSize < 1 || bufferSize >= 2 ** 31) throw invalidArgument('The buffer size must be greater than 0.');
  return { ...nameOf(stream, group), bufferSize, textIds };
}

function readAnswer(reader: FieldReader): { ids: string[]; how: Rejection; reason: string } {
  const ids: string[] = [];
  let how: Rejection = 'retry';
  let reason = '';
  while (reader.next()) {
    if (reader.field === 2) ids.push(readUuid(reader.message()));
    else if (reader.field === 3) how = REJECTIONS[reader.uint32()] ?? 'skip';
    else if (reader.field === 4) reason = reader.string();
    else reader.skip();
  }
  return { ids, how, reason };
}
