import type { FieldReader } from '../../codec/field-reader.js';

/** Whether a client asks for event ids as text and not as two halves. */
export function readUuidOption(reader: FieldReader): boolean {
  let text = false;
  while (reader.next()) {
    text = reader.field === 2;
    reader.skip();
  }
  return text;
}
