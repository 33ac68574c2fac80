import { FieldReader } from '../../codec/field-reader.js';
import { NIL_UUID, readUuid } from '../../codec/uuid.js';

/** One message of a BatchAppend call; its parts are read later, so that their faults are told to its correlation. */
export interface BatchAppendRequest {
  readonly correlationId: string;
  readonly options: FieldReader | undefined;
  readonly messages: readonly Buffer[];
  readonly final: boolean;
}

/** @throws MalformedMessage */
export function readBatchAppendRequest(message: Buffer): BatchAppendRequest {
  const reader = new FieldReader(message);
  const messages: Buffer[] = [];
  let correlationId = NIL_UUID;
  let options: FieldReader | undefined;
  let final = false;
  while (reader.next()) {
    if (reader.field === 1) correlationId = readUuid(reader.message());
    else if (reader.field === 2) options = reader.message();
    else if (reader.field === 3) messages.push(reader.bytes());
    else if (reader.field === 4) final = reader.bool();
    else reader.skip();
  }
  return { correlationId, options, messages, final };
}
