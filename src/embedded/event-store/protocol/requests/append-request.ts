import { FieldReader } from '../../codec/field-reader.js';
import { invalidArgument } from '../errors.js';
import { readWriteOptions, type WriteOptions } from './write-options.js';

/** One message of an Append call: first the options, then an event in each. */
export type AppendRequest = { readonly options: WriteOptions } | { readonly proposed: Buffer };

/** @throws MalformedMessage; RpcError when the message holds neither */
export function readAppendRequest(message: Buffer): AppendRequest {
  const reader = new FieldReader(message);
  let request: AppendRequest | undefined;
  while (reader.next()) {
    if (reader.field === 1) request = { options: readWriteOptions(reader.message()) };
    else if (reader.field === 2) request = { proposed: reader.bytes() };
    else reader.skip();
  }
  if (!request) throw invalidArgument('The message holds neither options nor an event.');
  return request;
}

/** Reads a DeleteReq or a TombstoneReq, whose only field are the options. */
export function readDeleteRequest(message: Buffer): WriteOptions {
  const reader = new FieldReader(message);
  let options: WriteOptions | undefined;
  while (reader.next()) {
    if (reader.field === 1) options = readWriteOptions(reader.message());
    else reader.skip();
  }
  if (!options) throw invalidArgument('The options are missing.');
  return options;
}
