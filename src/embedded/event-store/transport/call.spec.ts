import { once } from 'node:events';
import { connect, createServer, type ClientHttp2Session, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Call } from './call.js';
import { Code, RpcError } from './status.js';
import { reply } from './unary.js';

const ONE_MESSAGE = Buffer.from([0, 0, 0, 0, 1, 7]);

describe('a call whose client is gone when its request ends', () => {
  let server: Http2Server;
  let client: ClientHttp2Session;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client.on('error', () => {});
  });
  afterEach(async () => {
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** A call whose connection breaks before it is heard that its request has ended, and what was reported of it. */
  const served = (answer: (call: Call) => void) =>
    new Promise<{ faults: unknown[]; ends: number }>((resolve) => {
      const faults: unknown[] = [];
      let ends = 0;
      server.once('stream', (stream, headers) => {
        stream.on('error', () => {});
        const call = new Call(stream, headers, (error) => {
          faults.push(error);
          return new RpcError(Code.UNKNOWN, 'a fault');
        });
        call.onEnd(() => ends++);
        stream.once('end', () => {
          stream.session?.destroy();
          call.guard(() => answer(call));
        });
        call.start(undefined);
        stream.once('close', () => setImmediate(() => resolve({ faults, ends })));
      });
      const request = client.request({ ':method': 'POST', ':path': '/any', 'content-type': 'application/grpc' });
      request.on('error', () => {});
      request.end(ONE_MESSAGE);
    });

  it.each<[string, (call: Call) => void]>([
    ['an answer', (call) => reply(call, ONE_MESSAGE)],
    ['a frame', (call) => call.write([ONE_MESSAGE], () => {})],
    ['an error', (call) => reply(call, new RpcError(Code.NOT_FOUND, 'nothing there'))],
  ])('is not sent %s: that is no fault, and the call ends once', async (_what, answer) => {
    expect(await served(answer)).toEqual({ faults: [], ends: 1 });
  });
});
