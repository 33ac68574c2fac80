import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';

export interface RawCall {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly bytes: Buffer;
  /** Leaves the request open, as a client that says nothing more. */
  readonly open?: boolean;
}

export interface RawAnswer {
  readonly httpStatus: number | undefined;
  /** The gRPC status, from the trailers or, without a body, from the headers. */
  readonly status: number | undefined;
  readonly message: string;
}

const READ = '/event_store.client.streams.Streams/Read';

export const openSession = (port: number): ClientHttp2Session => connect(`http://127.0.0.1:${port}`);

/** Sends bytes as a gRPC call without a client in between. */
export function callRaw(
  session: ClientHttp2Session,
  { path = READ, headers = {}, bytes, open }: RawCall,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      ...headers,
    });
    let first: IncomingHttpHeaders = {};
    let last: IncomingHttpHeaders = {};
    stream.on('response', (received) => (first = received));
    stream.on('trailers', (received) => (last = received));
    stream.on('error', reject);
    stream.on('close', () => {
      const all = { ...first, ...last };
      const status = all['grpc-status'] === undefined ? undefined : Number(all['grpc-status']);
      resolve({ httpStatus: Number(first[':status']), status, message: String(all['grpc-message'] ?? '') });
    });
    stream.resume();
    if (open) stream.write(bytes);
    else stream.end(bytes);
  });
}

/** A message with its five-byte prefix, or with what a hostile client makes of that. */
export function framed(message: Buffer, { flag = 0, length = message.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flag;
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, message]);
}
