import type { AccessPolicy } from '../../access/access-policy.js';
import type { EventLog } from '../../log/event-log.js';
import type { Method } from '../../transport/call.js';
import { Code, RpcError } from '../../transport/status.js';
import { accessDenied } from '../errors.js';
import { EventView } from '../event-view.js';
import { pump, type Step } from '../read-pump.js';
import { readAll } from '../readers/read-all.js';
import { readStream } from '../readers/read-stream.js';
import { subscribeToAll } from '../readers/subscribe-to-all.js';
import { subscribeToStream } from '../readers/subscribe-to-stream.js';
import { readReadRequest, type ReadRequest } from '../requests/read-request.js';

/** Streams/Read: counted reads and subscriptions, of a stream or of `$all`. */
export function readMethod(log: EventLog, mayUse: AccessPolicy): Method {
  return (call) => {
    let started = false;
    call.onMessage((message) => {
      if (started) throw new RpcError(Code.INTERNAL, 'The method takes one message.');
      started = true;
      const request = readReadRequest(message);
      const stream = request.target.kind === 'stream' ? request.target.stream : '$all';
      const mayRead = (name: string) => mayUse(call.caller, 'read', name);
      if (!mayRead(stream)) throw accessDenied();
      pump(call, readerOf(log, request, new EventView(log, request, mayRead)));
    });
    call.onHalfClose(() => {
      if (!started) throw new RpcError(Code.INTERNAL, 'The method takes one message, and none came.');
    });
  };
}

function readerOf(log: EventLog, request: ReadRequest, view: EventView): Iterator<Step> {
  const { target, count } = request;
  if (target.kind === 'stream') {
    return count === undefined
      ? subscribeToStream(log, view, target)
      : readStream(log, view, { ...target, count, backwards: request.backwards });
  }
  return count === undefined
    ? subscribeToAll(log, view, { from: target.from, filter: request.filter })
    : readAll(log, view, { from: target.from, filter: request.filter, count, backwards: request.backwards });
}
