import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, Http2Server, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createServer } from 'node:http2';
import { Call, type Method } from './call.js';
import type { Caller, Identify } from './caller.js';
import { FrontDoor } from './front-door.js';
import { keepAlive } from './keepalive.js';
import { createPlainHttp, headersOf, plainAnswer } from './plain-http.js';
import { Code, RpcError } from './status.js';
import { parseTimeout } from './timeout.js';

const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
const SESSION_WINDOW_BYTES = 8 * 1024 * 1024;
const CLOSING_GRACE_MS = 1000;
const SETTINGS = { initialWindowSize: STREAM_WINDOW_BYTES, maxConcurrentStreams: 10_000, enablePush: false } as const;

export interface ServerOptions {
  /** The method that serves a path, or what answers that nothing does. */
  readonly resolve: (path: string) => Method;
  readonly identify: Identify;
  readonly onFault: (error: unknown, call: Call) => RpcError;
  /** PEM texts; without them the server speaks HTTP/2 in the clear. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
}

/** A gRPC server on node:http2, which also says by plain HTTP that it is there. */
export class GrpcServer {
  private readonly server: Http2Server;
  private readonly door: FrontDoor;
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly calls = new Set<Call>();

  constructor(private readonly options: ServerOptions) {
    this.server = createServer({ settings: SETTINGS });
    this.door = new FrontDoor({ http2: this.server, http1: createPlainHttp() }, options.tls);
    this.server.on('session', (session) => this.accept(session));
    this.server.on('stream', (stream, headers) => this.dispatch(stream, headers));
    this.server.on('sessionError', () => {});
  }

  /** @throws when the port is taken or the host is not an address of this machine */
  listen(port: number, host: string): Promise<AddressInfo> {
    return this.door.listen(port, host);
  }

  /**
   * Ends every open call with UNAVAILABLE, lets the answers leave, and closes the connections. Who is still shaking
   * hands for TLS cannot be told apart and sent away, so a second grace later it is not waited for.
   */
  close(): Promise<void> {
    for (const call of this.calls) call.fail(new RpcError(Code.UNAVAILABLE, 'The node is shutting down.'));
    return new Promise((resolve) => {
      const force = setTimeout(() => {
        this.sessions.forEach((session) => session.destroy());
        setTimeout(resolve, CLOSING_GRACE_MS);
      }, CLOSING_GRACE_MS);
      this.door.close(() => {
        clearTimeout(force);
        resolve();
      });
      for (const session of this.sessions) session.close();
    });
  }

  private accept(session: ServerHttp2Session): void {
    this.sessions.add(session);
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
    session.on('error', () => {});
    keepAlive(session);
    session.on('close', () => this.sessions.delete(session));
  }

  private dispatch(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', () => {});
    if (stream.destroyed || stream.closed) return;
    if (headers[':method'] !== 'POST') return answerPlainly(stream, headers);
    if (!headers['content-type']?.startsWith('application/grpc')) {
      stream.respond({ ':status': 415 }, { endStream: true });
      return;
    }
    const call = new Call(stream, headers, this.options.onFault);
    this.calls.add(call);
    call.onEnd(() => this.calls.delete(call));
    call.guard(() => {
      const caller = this.options.identify(headers.authorization);
      if (caller instanceof Promise) caller.then((known) => this.begin(call, known)).catch((error) => call.fail(error));
      else this.begin(call, caller);
    });
  }

  private begin(call: Call, caller: Caller): void {
    if (call.ended) return;
    call.guard(() => {
      call.caller = caller;
      this.options.resolve(call.path)(call);
      call.start(timeoutOf(call.headers));
    });
  }
}

function answerPlainly(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const method = headers[':method'] as string | undefined;
  const { status, body } = plainAnswer(method, headers[':path'] as string | undefined);
  stream.respond({ ':status': status, ...headersOf(body) });
  stream.end(method === 'HEAD' ? undefined : body);
}

function timeoutOf(headers: IncomingHttpHeaders): number | undefined {
  try {
    return parseTimeout(headers['grpc-timeout'] as string | undefined);
  } catch (error) {
    throw new RpcError(Code.INTERNAL, (error as Error).message);
  }
}
