import type { EventHeaders } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';
import { NIL_UUID, readUuid } from '../../codec/uuid.js';
import type { ProposedEvent } from '../../log/model.js';
import { invalidArgument, missingMetadataProperty } from '../errors.js';
import { HeaderReader } from './header-reader.js';

const NOTHING = Buffer.alloc(0);
const headerReader = new HeaderReader();

/**
 * Reads a `ProposedMessage`, which Append and BatchAppend write alike.
 * @throws MalformedMessage; RpcError when the id is nil or the type or content type is missing
 */
export function readProposedMessage(message: Buffer): ProposedEvent {
  const reader = new FieldReader(message);
  const headers: EventHeaders = {};
  headerReader.begin();
  let id = NIL_UUID;
  let customMetadata: Buffer = NOTHING;
  let data: Buffer = NOTHING;
  while (reader.next()) {
    if (reader.field === 1) id = readUuid(reader.message());
    else if (reader.field === 2) headerReader.read(reader, headers);
    else if (reader.field === 3) customMetadata = reader.bytes();
    else if (reader.field === 4) data = reader.bytes();
    else reader.skip();
  }
  if (id === NIL_UUID) throw invalidArgument('An event id must not be empty.');
  const { type, 'content-type': contentType } = headers;
  if (!type || contentType === undefined) throw missingMetadataProperty();
  return { id, type, json: contentType === 'application/json', customMetadata, data };
}
