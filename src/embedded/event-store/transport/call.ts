import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { NOBODY, type Caller } from './caller.js';
import { MessageAssembler } from './message-assembler.js';
import { inFewPieces } from '../codec/pieces.js';
import { Code, messageValue, RpcError, trailerValue } from './status.js';

/** The longest message a client may send, in bytes; that of a real node. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024 - 10_000;
const OUTBOX_HIGH_WATER_BYTES = 1024 * 1024;
const RESPONSE = { ':status': 200, 'content-type': 'application/grpc' } as const;

/** What a method does with a call: it registers its listeners and answers when it can. */
export type Method = (call: Call) => void;

/** One RPC: messages come in, frames go out, and it ends exactly once. */
export class Call {
  private readonly assembler = new MessageAssembler(MAX_MESSAGE_BYTES);
  private readonly endListeners: (() => void)[] = [];
  private outbox: Buffer[] = [];
  private timer: NodeJS.Timeout | undefined;
  private messageListener: (message: Buffer) => void = () => {};
  private halfCloseListener: () => void = () => {};
  /** Who makes the call. */
  caller: Caller = NOBODY;
  private over = false;

  constructor(
    private readonly stream: ServerHttp2Stream,
    readonly headers: IncomingHttpHeaders,
    private readonly onFault: (error: unknown, call: Call) => RpcError,
  ) {
    stream.on('close', () => this.end());
  }

  /**
   * True once the call is answered, failed or cancelled; nothing is sent afterwards. A stream whose client is gone is
   * destroyed before it says that it is closed, and may deliver the end of its request in between.
   */
  get ended(): boolean {
    return this.over || this.stream.destroyed || this.stream.closed;
  }

  get path(): string {
    return this.headers[':path'] ?? '';
  }

  /** The address by which the client reached this node: as it calls it, or else the socket's. */
  get localEndpoint(): { address: string; port: number } {
    const called = /^(.+):(\d+)$/.exec(this.headers[':authority'] ?? '');
    if (called) return { address: called[1] as string, port: Number(called[2]) };
    const socket = this.stream.session?.socket;
    return { address: socket?.localAddress ?? '127.0.0.1', port: socket?.localPort ?? 0 };
  }

  /** Starts delivering; @param timeoutMs milliseconds until the deadline, if the client set one. */
  start(timeoutMs: number | undefined): void {
    this.stream.on('data', (chunk: Buffer) => this.guard(() => this.receive(chunk)));
    this.stream.on('end', () => this.guard(() => this.halfClose()));
    if (timeoutMs === undefined) return;
    const expire = () => this.fail(new RpcError(Code.DEADLINE_EXCEEDED, 'Deadline Exceeded'));
    this.timer = setTimeout(expire, Math.min(timeoutMs, 2 ** 31 - 1));
  }

  onMessage(listener: (message: Buffer) => void): void {
    this.messageListener = listener;
  }

  /** Called when the client has sent its last message. */
  onHalfClose(listener: () => void): void {
    this.halfCloseListener = listener;
  }

  /** Called once, when the call is over for whatever reason. */
  onEnd(listener: () => void): void {
    this.endListeners.push(listener);
  }

  /** Writes frames at once; `done` runs when the socket has taken them, and not at all after the end. */
  write(frames: readonly Buffer[], done: () => void): void {
    if (this.ended) return;
    if (!this.stream.headersSent) this.stream.respond(RESPONSE, { waitForTrailers: true });
    const pieces = inFewPieces(frames);
    this.stream.cork();
    for (const piece of pieces.slice(0, -1)) this.stream.write(piece);
    this.stream.write(pieces.at(-1), () => {
      if (!this.ended) this.guard(done);
    });
    this.stream.uncork();
  }

  /** Queues a frame; those of one tick leave in one write, and a client that does not read them is not read from. */
  send(frame: Buffer): void {
    if (this.ended) return;
    this.outbox.push(frame);
    if (this.outbox.length === 1) queueMicrotask(() => this.flush());
  }

  /** Ends the call with success. */
  finish(): void {
    if (this.ended) return;
    this.flush();
    if (!this.stream.headersSent) this.stream.respond(RESPONSE, { waitForTrailers: true });
    this.close({ 'grpc-status': '0' });
  }

  /** Ends the call with an error. Anything that is no RpcError is reported and answered as UNKNOWN. */
  fail(error: unknown): void {
    if (this.ended) return;
    const status = error instanceof RpcError ? error : this.onFault(error, this);
    const trailers: OutgoingHttpHeaders = {
      'grpc-status': `${status.code}`,
      'grpc-message': messageValue(status.message),
    };
    for (const [name, value] of Object.entries(status.trailers)) trailers[name] = trailerValue(value);
    this.flush();
    if (this.stream.headersSent) this.close(trailers);
    else this.closeWithHeadersOnly(trailers);
  }

  /** Runs a piece of the call's work; what it throws becomes the call's status. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  private receive(chunk: Buffer): void {
    if (this.ended) return;
    this.assembler.push(chunk, (message) => {
      if (!this.ended) this.messageListener(message);
    });
  }

  private halfClose(): void {
    if (this.ended) return;
    if (this.assembler.partial) throw new RpcError(Code.INTERNAL, 'The request ended inside a message.');
    this.halfCloseListener();
  }

  private flush(): void {
    const frames = this.outbox;
    if (frames.length === 0 || this.ended) return;
    this.outbox = [];
    this.write(frames, () => this.stream.resume());
    if (this.stream.writableLength > OUTBOX_HIGH_WATER_BYTES) this.stream.pause();
  }

  private close(trailers: OutgoingHttpHeaders): void {
    this.stream.once('wantTrailers', () => {
      this.stream.sendTrailers(trailers);
      this.stopReceiving();
    });
    this.end();
    this.stream.end();
  }

  private closeWithHeadersOnly(trailers: OutgoingHttpHeaders): void {
    this.end();
    this.stream.respond({ ...RESPONSE, ...trailers }, { endStream: true });
    this.stopReceiving();
  }

  /** A client still sending after its answer is told to stop, or its stream would stay open for ever. */
  private stopReceiving(): void {
    this.stream.resume();
    setImmediate(() => {
      if (!this.stream.closed && !this.stream.readableEnded) this.stream.close(constants.NGHTTP2_NO_ERROR);
    });
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    for (const listener of this.endListeners) listener();
  }
}
