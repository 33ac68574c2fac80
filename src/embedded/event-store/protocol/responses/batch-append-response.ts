import { encodeFrame, type FieldWriter } from '../../codec/field-writer.js';
import { writeUuid } from '../../codec/uuid.js';
import { NO_REVISION } from '../../log/model.js';
import { Code, type RpcError } from '../../transport/status.js';
import type { Expectation } from '../expectation.js';
import { writeSuccess } from './append-response.js';

/** The correlation an answer belongs to; clients need the stream in errors too. */
export interface Correlation {
  readonly id: string;
  readonly stream: string;
}

/** An error as a `google.rpc.Status` whose details tell clients which it is. */
export interface BatchError {
  readonly code: Code;
  readonly name: string;
  readonly type: string;
  readonly details?: (writer: FieldWriter) => void;
}

const known = (code: Code, name: string, details?: BatchError['details']): BatchError => ({
  code,
  name,
  type: `event_store.client.${name}`,
  ...(details ? { details } : {}),
});
const unnamed = (code: Code, message: string): BatchError => ({ code, name: message, type: 'google.protobuf.Empty' });

export const BATCH_ERRORS = {
  streamDeleted: known(Code.NOT_FOUND, 'StreamDeleted'),
  accessDenied: known(Code.PERMISSION_DENIED, 'AccessDenied'),
  timeout: known(Code.DEADLINE_EXCEEDED, 'Timeout'),
  badRequest: known(Code.INVALID_ARGUMENT, 'BadRequest'),
  tooBusy: unnamed(Code.UNAVAILABLE, 'Server Is Busy'),
} as const;

/** @param limit in bytes of data */
export const batchTooLarge = (limit: number): BatchError =>
  known(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', (details) => details.uint(1, limit));

/** An error without a type of its own, of which clients show the message; with the type `Unknown` they show nothing. */
export const batchFailure = ({ code, message }: RpcError): BatchError => unnamed(code, message);

/** @param current the stream's last revision, -1 without one */
export function batchConflict(expected: Expectation, current: number): BatchError {
  return known(Code.ALREADY_EXISTS, 'WrongExpectedVersion', (details) => {
    if (current === NO_REVISION) details.message(2, () => {});
    else details.uint(1, current);
    if (typeof expected === 'bigint') details.uint(3, expected);
    else details.message(EXPECTED_FIELDS[expected], () => {});
  });
}

const EXPECTED_FIELDS = { any: 4, stream_exists: 5, no_stream: 6 } as const;

export function batchSuccess(correlation: Correlation, revision: number, position: number | undefined): Buffer {
  return encodeFrame((response) => {
    writeUuid(response, 1, correlation.id);
    response.message(3, (success) => writeSuccess(success, revision, position));
    writeStream(response, correlation);
  });
}

export function batchError(correlation: Correlation, error: BatchError): Buffer {
  return encodeFrame((response) => {
    writeUuid(response, 1, correlation.id);
    response.message(2, (status) => {
      status.uint(1, error.code);
      status.string(2, error.name);
      status.message(3, (any) => {
        any.string(1, `type.googleapis.com/${error.type}`);
        any.message(2, error.details ?? (() => {}));
      });
    });
    writeStream(response, correlation);
  });
}

function writeStream(response: FieldWriter, { stream }: Correlation): void {
  response.message(4, (identifier) => identifier.string(3, stream));
}
