import { MalformedMessage } from '../codec/malformed.js';
import { CorruptLog, isCorruption } from '../log/diagnosis.js';
import { Code, RpcError } from '../transport/status.js';

/** The status of a call that failed with anything but an RpcError; nothing of the inside is told to clients. */
export function statusOf(error: unknown): RpcError {
  if (error instanceof MalformedMessage)
    return new RpcError(Code.INTERNAL, `The request is malformed: ${error.message}`);
  if (error instanceof CorruptLog) return new RpcError(Code.DATA_LOSS, error.message);
  if (isCorruption(error)) return new RpcError(Code.DATA_LOSS, 'The log is corrupt; restore it from a backup.');
  return new RpcError(Code.UNKNOWN, 'Exception was thrown by handler.');
}
