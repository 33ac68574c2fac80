import { isFull } from '../log/diagnosis.js';
import { Code, RpcError } from '../transport/status.js';
import type { Expectation } from './expectation.js';

export const streamDeleted = (stream: string) =>
  new RpcError(Code.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

/** @param current the stream's last revision, -1 without one */
export const wrongExpectedVersion = (stream: string, expected: Expectation, current: number) =>
  new RpcError(
    Code.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${numberOf(expected)}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': `${numberOf(expected)}`,
      'actual-version': `${current}`,
    },
  );

/** @param limit in bytes of data */
export const maximumAppendSizeExceeded = (limit: number) =>
  new RpcError(Code.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': `${limit}`,
  });

export const missingMetadataProperty = () =>
  new RpcError(Code.INVALID_ARGUMENT, 'Required Metadata Property Is Missing: type, content-type', {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const accessDenied = () => new RpcError(Code.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const operationTimedOut = () => new RpcError(Code.ABORTED, 'Operation timed out: WriteTimeout');

/** What a real node says when a read is asked for something it cannot do. */
export const unexpectedReadResult = (result: string) => new RpcError(Code.UNKNOWN, `Unexpected ${result}`);

export const invalidArgument = (message: string) => new RpcError(Code.INVALID_ARGUMENT, message);

/** @param what what the client asks for; @param instead what it may ask for */
export const unserved = (what: string, instead: string) =>
  new RpcError(
    Code.UNIMPLEMENTED,
    `${what} is not served by the embedded node; ${instead}. A real EventStoreDB node serves it.`,
  );

/** A full disk is told apart, because there the remedy is another than for a fault. */
export const commitFailed = (cause: Error) => {
  const code = isFull(cause) ? Code.RESOURCE_EXHAUSTED : Code.UNKNOWN;
  return new RpcError(code, `The events could not be put on disk: ${cause.message}`);
};

function numberOf(expected: Expectation): bigint {
  if (typeof expected === 'bigint') return expected;
  return expected === 'no_stream' ? -1n : expected === 'any' ? -2n : -4n;
}
