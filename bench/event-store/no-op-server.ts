import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { encodeEventFrame } from '../../src/embedded/event-store/codec/encode-event.js';
import { encodeFrame } from '../../src/embedded/event-store/codec/field-writer.js';
import { serverFeaturesMethod } from '../../src/embedded/event-store/protocol/methods/discovery.js';
import { pump, send, type Step } from '../../src/embedded/event-store/protocol/read-pump.js';
import { readBatchAppendRequest } from '../../src/embedded/event-store/protocol/requests/batch-append-request.js';
import { readReadRequest } from '../../src/embedded/event-store/protocol/requests/read-request.js';
import { batchSuccess } from '../../src/embedded/event-store/protocol/responses/batch-append-response.js';
import type { Method } from '../../src/embedded/event-store/transport/call.js';
import { NOBODY } from '../../src/embedded/event-store/transport/caller.js';
import { GrpcServer } from '../../src/embedded/event-store/transport/server.js';
import { Code, RpcError } from '../../src/embedded/event-store/transport/status.js';

/**
 * A server with the node's transport that keeps nothing: what no log behind that transport can be faster than. Given a
 * file, it writes what it was sent over what it wrote before and waits for the disk before each answer: what one fsync
 * each allows.
 */
const STREAMS = 'event_store.client.streams.Streams';
const PAGE_EVENTS = 128;

const passing = encodeEventFrame({
  id: '0d9b3a3e-5f4c-4d0e-9a59-2f3f0a1b2c3d',
  stream: 'one-0d9b3a3e-5f4c-4d0e-9a59-2f3f0a1b2c3d',
  revision: 1,
  position: 1,
  type: 'CustomerInvited',
  json: true,
  created: Date.now(),
  customMetadata: Buffer.from(`{"correlation":"${'x'.repeat(36)}"}`),
  data: Buffer.from(`{"text":"${'x'.repeat(230)}"}`),
});
const frame = Buffer.from(passing);

const file = process.argv[2] === undefined ? null : openSync(process.argv[2], 'w');

/** Always in the same place: the file hardly grows, so that nothing but what was sent has to reach the disk. */
function sync(message: Buffer): void {
  if (file === null) return;
  writeSync(file, message, 0, message.length, 0);
  fdatasyncSync(file);
}

function* frames(count: number): Generator<Step, void> {
  for (let left = count; left > 0; left -= PAGE_EVENTS) {
    yield send(...Array<Buffer>(Math.min(left, PAGE_EVENTS)).fill(frame));
  }
}

const METHODS: Readonly<Record<string, Method>> = {
  [`/${STREAMS}/BatchAppend`]: (call) =>
    call.onMessage((message) => {
      const { correlationId, final } = readBatchAppendRequest(message);
      if (final) sync(message);
      if (final) call.send(batchSuccess({ id: correlationId, stream: 's' }, 0, 1));
    }),
  [`/${STREAMS}/Read`]: (call) =>
    call.onMessage((message) => pump(call, frames(Number(readReadRequest(message).count ?? 0)))),
  '/event_store.client.server_features.ServerFeatures/GetSupportedMethods': serverFeaturesMethod([
    { service: STREAMS.toLowerCase(), method: 'batchappend', features: [] },
  ]),
};

const unserved: Method = (call) => {
  call.send(encodeFrame(() => {}));
  call.finish();
};

const server = new GrpcServer({
  resolve: (path) => METHODS[path] ?? unserved,
  identify: () => NOBODY,
  onFault: (error) => new RpcError(Code.UNKNOWN, String(error)),
});
const { port } = await server.listen(0, '127.0.0.1');
process.stdout.write(`${JSON.stringify({ listening: `esdb://127.0.0.1:${port}?tls=false` })}\n`);
