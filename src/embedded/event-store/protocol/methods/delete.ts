import type { AccessPolicy } from '../../access/access-policy.js';
import type { EventLog, WriteRequest } from '../../log/event-log.js';
import type { WriteOutcome } from '../../log/model.js';
import type { Method } from '../../transport/call.js';
import { Code, RpcError } from '../../transport/status.js';
import { unary } from '../../transport/unary.js';
import { accessDenied, commitFailed, operationTimedOut, streamDeleted, wrongExpectedVersion } from '../errors.js';
import { readDeleteRequest } from '../requests/append-request.js';
import { toExpectedRevision } from '../expectation.js';
import type { WriteOptions } from '../requests/write-options.js';
import { deleteSuccess } from '../responses/append-response.js';
import { WRITE_TIMEOUT_MS } from './write-timeout.js';

/** Streams/Delete: hides the events of a stream. A real node fails on `stream_exists` here, and so does this one. */
export function deleteMethod(log: EventLog, mayUse: AccessPolicy): Method {
  return deletion(
    mayUse,
    (request) => log.softDelete(request),
    (options) => {
      if (options.expected === 'stream_exists') throw new RpcError(Code.UNKNOWN, 'Exception was thrown by handler.');
    },
  );
}

/** Streams/Tombstone: ends a stream for good. */
export function tombstoneMethod(log: EventLog, mayUse: AccessPolicy): Method {
  return deletion(
    mayUse,
    (request) => log.tombstone(request),
    () => {},
  );
}

function deletion(
  mayUse: AccessPolicy,
  write: (request: WriteRequest) => void,
  check: (options: WriteOptions) => void,
): Method {
  return unary((message, answer, call) => {
    const options = readDeleteRequest(message);
    if (!mayUse(call.caller, 'delete', options.stream)) throw accessDenied();
    check(options);
    write({
      stream: options.stream,
      expected: toExpectedRevision(options.expected),
      deadline: Date.now() + WRITE_TIMEOUT_MS,
      settle: (outcome) => answer(answerOf(outcome, options)),
    });
  });
}

function answerOf(outcome: WriteOutcome, { stream, expected }: WriteOptions): Buffer | RpcError {
  switch (outcome.kind) {
    case 'written':
      return deleteSuccess(outcome.position);
    case 'wrong-expected-version':
      return wrongExpectedVersion(stream, expected, outcome.current);
    case 'stream-deleted':
      return streamDeleted(stream);
    case 'deadline-exceeded':
      return operationTimedOut();
    case 'failed':
      return commitFailed(outcome.cause);
  }
}
