import { FieldReader } from './field-reader.js';
import type { FieldWriter } from './field-writer.js';
import { MalformedMessage } from './malformed.js';

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Reads an `event_store.client.UUID`, given as text or as two halves.
 * @returns the lower-case canonical text
 */
export function readUuid(reader: FieldReader): string {
  let uuid = NIL_UUID;
  while (reader.next()) {
    if (reader.field === 1) uuid = fromHalves(reader.message());
    else if (reader.field === 2) uuid = canonical(reader.string());
    else reader.skip();
  }
  return uuid;
}

/** Writes the text form, which is the one stored. */
export function writeUuid(writer: FieldWriter, field: number, uuid: string): void {
  writer.message(field, (w) => w.string(2, uuid));
}

/** Writes the form of two 64-bit halves, for clients that do not ask for text. */
export function writeStructuredUuid(writer: FieldWriter, field: number, uuid: string): void {
  const bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  writer.message(field, (w) =>
    w.message(1, (structured) => {
      structured.uint(1, bits >> 64n);
      structured.uint(2, BigInt.asUintN(64, bits));
    }),
  );
}

function canonical(text: string): string {
  if (CANONICAL.test(text)) return text;
  const lower = text.toLowerCase();
  if (!CANONICAL.test(lower)) throw new MalformedMessage('An id is not a UUID.');
  return lower;
}

function fromHalves(reader: FieldReader): string {
  let most = 0n;
  let least = 0n;
  while (reader.next()) {
    if (reader.field === 1) most = reader.uint64();
    else if (reader.field === 2) least = reader.uint64();
    else reader.skip();
  }
  const hex = ((most << 64n) | least).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
