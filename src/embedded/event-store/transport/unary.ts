import type { Call, Method } from './call.js';
import { Code, RpcError } from './status.js';

/** A method of one request and one response; `handle` answers through the callback with a frame or an error. */
export function unary(
  handle: (request: Buffer, answer: (response: Buffer | RpcError) => void, call: Call) => void,
): Method {
  return (call) => {
    let request: Buffer | undefined;
    call.onMessage((message) => {
      if (request) throw new RpcError(Code.INTERNAL, 'The method takes one message.');
      request = message;
    });
    call.onHalfClose(() => {
      if (!request) throw new RpcError(Code.INTERNAL, 'The method takes one message, and none came.');
      handle(request, (response) => reply(call, response), call);
    });
  };
}

/** Ends a call with its only response, or with an error. */
export function reply(call: Call, response: Buffer | RpcError): void {
  if (response instanceof RpcError) return call.fail(response);
  call.send(response);
  call.finish();
}
