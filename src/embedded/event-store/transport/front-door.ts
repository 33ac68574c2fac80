import type { Server as Http1Server } from 'node:http';
import type { Http2Server } from 'node:http2';
import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';

/** The time an HTTP/1 connection, or one that says nothing, may take. */
const STRANGER_MS = 10_000;
const HTTP_2 = 'h2';
const TLS = { ALPNProtocols: [HTTP_2, 'http/1.1'], handshakeTimeout: STRANGER_MS, noDelay: true };
/** What a connection of HTTP/2 begins with, and none of HTTP/1 does. */
const HTTP_2_PREFACE = 'PRI';

/** The servers that a connection is handed to; neither listens itself. */
export interface Behind {
  readonly http2: Http2Server;
  readonly http1: Http1Server;
}

/**
 * The one port of a node. What speaks HTTP/2 becomes gRPC's; the rest speaks HTTP/1, as who asks a node for its health
 * does. With TLS the two are agreed on in the handshake, and in the clear the first bytes tell.
 */
export class FrontDoor {
  private readonly server: Server;
  private readonly strangers = new Set<Socket>();

  constructor(
    private readonly behind: Behind,
    tls?: { readonly cert: Buffer; readonly key: Buffer },
  ) {
    if (tls) {
      const agreed = (socket: TLSSocket) => this.enter(socket, socket.alpnProtocol === HTTP_2);
      this.server = createTlsServer({ ...TLS, ...tls }, agreed);
      this.server.on('tlsClientError', (_: Error, socket: TLSSocket) => socket.destroy());
    } else {
      this.server = createPlainServer({ noDelay: true }, (socket) => this.listenTo(socket));
    }
  }

  /** @throws when the port is taken or the host is not an address of this machine */
  listen(port: number, host: string): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => resolve(this.server.address() as AddressInfo));
    });
  }

  /** Lets nobody in any more and sends strangers away; @param closed is called when everybody has left */
  close(closed: () => void): void {
    this.server.close(closed);
    for (const socket of this.strangers) socket.destroy();
  }

  private listenTo(socket: Socket): void {
    this.limit(socket);
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      this.enter(socket, HTTP_2_PREFACE.startsWith(first.toString('latin1', 0, HTTP_2_PREFACE.length)));
    });
  }

  private enter(socket: Socket, speaksHttp2: boolean): void {
    if (!this.server.listening) return void socket.destroy();
    if (speaksHttp2) this.strangers.delete(socket);
    else this.limit(socket);
    const server = speaksHttp2 ? this.behind.http2 : this.behind.http1;
    server.emit('connection', socket);
    if (!speaksHttp2) socket.resume();
  }

  private limit(socket: Socket): void {
    if (this.strangers.has(socket)) return;
    this.strangers.add(socket);
    const timer = setTimeout(() => this.strangers.has(socket) && socket.destroy(), STRANGER_MS).unref();
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      this.strangers.delete(socket);
    });
  }
}
