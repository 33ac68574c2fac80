import type { AccessPolicy } from '../../access/access-policy.js';
import type { EventLog } from '../../log/event-log.js';
import type { ProposedEvent, WriteOutcome } from '../../log/model.js';
import type { Method } from '../../transport/call.js';
import { RpcError } from '../../transport/status.js';
import { reply } from '../../transport/unary.js';
import {
  accessDenied,
  commitFailed,
  invalidArgument,
  maximumAppendSizeExceeded,
  operationTimedOut,
  streamDeleted,
} from '../errors.js';
import { readAppendRequest } from '../requests/append-request.js';
import { readProposedMessage } from '../requests/proposed-message.js';
import { toExpectedRevision } from '../expectation.js';
import type { WriteOptions } from '../requests/write-options.js';
import { appendConflict, appendSuccess } from '../responses/append-response.js';
import { WRITE_TIMEOUT_MS } from './write-timeout.js';

/** Streams/Append: options, then events; written when the client has sent the last. */
export function appendMethod(log: EventLog, mayUse: AccessPolicy, maxBytes: number): Method {
  return (call) => {
    const events: ProposedEvent[] = [];
    let options: WriteOptions | undefined;
    let bytes = 0;
    call.onMessage((message) => {
      const request = readAppendRequest(message);
      if ('options' in request) {
        options = request.options;
        return;
      }
      const event = readProposedMessage(request.proposed);
      events.push(event);
      bytes += event.data.length;
      if (bytes > maxBytes) throw maximumAppendSizeExceeded(maxBytes);
    });
    call.onHalfClose(() => {
      if (!options) throw invalidArgument('The options are missing.');
      const { stream, expected } = options;
      if (!mayUse(call.caller, 'write', stream)) throw accessDenied();
      const settle = (outcome: WriteOutcome) => reply(call, answerOf(outcome, { stream, expected }));
      const deadline = Date.now() + WRITE_TIMEOUT_MS;
      log.append({ stream, events, expected: toExpectedRevision(expected), deadline, settle });
    });
  };
}

function answerOf(
  outcome: WriteOutcome,
  { stream, expected }: Pick<WriteOptions, 'stream' | 'expected'>,
): Buffer | RpcError {
  switch (outcome.kind) {
    case 'written':
      return appendSuccess(outcome.revision, outcome.position);
    case 'wrong-expected-version':
      return appendConflict(expected, outcome.current);
    case 'stream-deleted':
      return streamDeleted(stream);
    case 'deadline-exceeded':
      return operationTimedOut();
    case 'failed':
      return commitFailed(outcome.cause);
  }
}
