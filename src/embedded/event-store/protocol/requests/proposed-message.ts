import { readMapEntry } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';
import { NIL_UUID, readUuid } from '../../codec/uuid.js';
import type { ProposedEvent } from '../../log/model.js';
import { invalidArgument, missingMetadataProperty } from '../errors.js';

const NOTHING = Buffer.alloc(0);

/**
 * Reads a `ProposedMessage`, which Append and BatchAppend write alike.
 * @throws MalformedMessage; RpcError when the id is nil or the type or content type is missing
 */
export function readProposedMessage(message: Buffer): ProposedEvent {
  const reader = new FieldReader(message);
  const entries = new Map<string, string>();
  let id = NIL_UUID;
  let customMetadata: Buffer = NOTHING;
  let data: Buffer = NOTHING;
  while (reader.next()) {
    if (reader.field === 1) id = readUuid(reader.message());
    else if (reader.field === 2) readMapEntry(reader.message(), entries);
    else if (reader.field === 3) customMetadata = reader.bytes();
    else if (reader.field === 4) data = reader.bytes();
    else reader.skip();
  }
  return { id: requireId(id), ...typeOf(entries), customMetadata, data };
}

function requireId(id: string): string {
  if (id === NIL_UUID) throw invalidArgument('An event id must not be empty.');
  return id;
}

function typeOf(entries: ReadonlyMap<string, string>): Pick<ProposedEvent, 'type' | 'json'> {
  const type = entries.get('type');
  const contentType = entries.get('content-type');
  if (!type || contentType === undefined) throw missingMetadataProperty();
  return { type, json: contentType === 'application/json' };
}
