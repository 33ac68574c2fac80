import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientHttp2Session } from 'node:http2';
import { randomBytes, randomUUID } from 'node:crypto';
import { EventStoreDBClient, StreamNotFoundError, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { startNode, type NodeProcess } from '../contract/event-store/embedded-node.js';
import { callRaw, framed, openSession } from './event-store/raw-call.js';

const STREAMS = '/event_store.client.streams.Streams';
const GRPC = 'application/grpc';
const CODE = { deadlineExceeded: 4, resourceExhausted: 8, unimplemented: 12, internal: 13 };

describe('an event store whose clients are hostile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-hostile-'));
  let node: NodeProcess;
  let session: ClientHttp2Session;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    node = await startNode(folder);
    client = EventStoreDBClient.connectionString(node.url);
    session = openSession(node.port);
  });
  /** Whatever was done to the node, it goes on serving. */
  afterEach(() => appendOne());
  afterAll(async () => {
    session.destroy();
    await client.dispose();
    await node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const appendOne = () => client.appendToStream('still-there', jsonEvent({ type: 'T', data: {} }));
  const answer = (bytes: Buffer, more: object = {}) => callRaw(session, { bytes, ...more });

  it('refuses a compressed message', async () => {
    expect((await answer(framed(Buffer.from('x'), { flag: 1 }))).status).toBe(CODE.unimplemented);
  });
  it('refuses a message longer than the limit as soon as its length is known', async () => {
    const announced = framed(Buffer.alloc(10), { length: 2 ** 31 });
    expect((await answer(announced, { open: true })).status).toBe(CODE.resourceExhausted);
  });
  it('refuses a request that ends inside a message', async () => {
    expect((await answer(framed(Buffer.alloc(10), { length: 20 }))).status).toBe(CODE.internal);
  });
  it('refuses a request without a message', async () => {
    expect((await answer(Buffer.alloc(0))).status).toBe(CODE.internal);
  });
  it('says which method it does not serve', async () => {
    const path = '/event_store.client.projections.Projections/Create';
    const { status, message } = await answer(framed(Buffer.alloc(0)), { path });
    expect(status).toBe(CODE.unimplemented);
    expect(message).toContain(path);
  });
  it('refuses what is no gRPC', async () => {
    const { httpStatus } = await answer(Buffer.from('{}'), { headers: { 'content-type': 'application/json' } });
    expect(httpStatus).toBe(415);
  });
  it('refuses a deadline that is none', async () => {
    const headers = { 'grpc-timeout': 'soon' };
    expect((await answer(framed(Buffer.alloc(0)), { headers })).status).toBe(CODE.internal);
  });

  it('ends a subscription at its deadline', async () => {
    const { ReadReq } = streamsPb;
    const all = new ReadReq.Options.AllOptions();
    all.setEnd(new sharedPb.Empty());
    const options = new ReadReq.Options();
    options.setAll(all);
    options.setSubscription(new ReadReq.Options.SubscriptionOptions());
    const request = new ReadReq();
    request.setOptions(options);
    const bytes = framed(Buffer.from(request.serializeBinary()));
    expect((await answer(bytes, { headers: { 'grpc-timeout': '100m' } })).status).toBe(CODE.deadlineExceeded);
  });

  it.each(['Read', 'Append', 'BatchAppend', 'Delete', 'Tombstone'])(
    'answers noise sent to %s with an error',
    async (method) => {
      const noises = Array.from({ length: 50 }, () => framed(randomBytes(1 + Math.floor(Math.random() * 60))));
      const path = `${STREAMS}/${method}`;
      const answers = await Promise.all(noises.map((bytes) => answer(bytes, { path })));
      expect(answers.filter(({ httpStatus }) => httpStatus !== 200)).toEqual([]);
      if (method !== 'BatchAppend')
        expect(answers.filter(({ status }) => status === 0 || status === undefined)).toEqual([]);
    },
  );

  it.each(['Create', 'Update', 'Delete', 'Read'])(
    'answers noise sent to %s of groups with an error',
    async (method) => {
      const path = `/event_store.client.persistent_subscriptions.PersistentSubscriptions/${method}`;
      const noises = Array.from({ length: 50 }, () => framed(randomBytes(1 + Math.floor(Math.random() * 60))));
      const answers = await Promise.all(noises.map((bytes) => answer(bytes, { path })));
      expect(answers.filter(({ status }) => status === 0 || status === undefined)).toEqual([]);
    },
  );

  it('stops a filter that would take for ever, so that others go on being served', async () => {
    await client.appendToStream(`${'a'.repeat(60)}!`, jsonEvent({ type: 'T', data: {} }));
    const failure = () =>
      once(client.subscribeToAll({ filter: streamNameFilter({ regex: '^(a+)+$' }) }), 'error') as Promise<[Error]>;
    const from = Date.now();
    const failures = await Promise.all(Array.from({ length: 20 }, failure));
    await client.appendToStream('meanwhile', jsonEvent({ type: 'T', data: {} }));
    expect(Date.now() - from).toBeLessThan(1000);
    const told = failures.map(([{ message }]) => message);
    expect(new Set(told)).toEqual(
      new Set([expect.stringMatching(/^3 INVALID_ARGUMENT: The filter takes longer than 100 ms/)]),
    );
  });

  it('survives bytes that are no HTTP/2', async () => {
    const socket = connectTcp(node.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.end(randomBytes(10_000));
    await once(socket, 'close');
  });

  it('survives a thousand calls that are cancelled at once', async () => {
    const calls = Array.from({ length: 1000 }, () => {
      const stream = session.request({
        ':method': 'POST',
        ':path': `${STREAMS}/Read`,
        'content-type': 'application/grpc',
      });
      stream.on('error', () => {});
      stream.write(framed(Buffer.alloc(3)));
      stream.close(8);
      return once(stream, 'close');
    });
    await Promise.all(calls);
  });

  it.each([
    ['one by one', 1],
    ['in groups', 20],
  ])('appends nothing when a client dies before it has said all, while appends come %s', async (_how, atOnce) => {
    for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: atOnce }, () => appendOne()));
    const dying = openSession(node.port);
    await once(dying, 'connect');
    const call = dying.request({ ':method': 'POST', ':path': `${STREAMS}/Append`, 'content-type': GRPC });
    call.on('error', () => {});
    call.write(appendOf('half-said'));
    await appendOne();
    dying.destroy();
    await once(call, 'close');
    await appendOne();
    await expect(once(client.readStream('half-said').resume(), 'end')).rejects.toThrow(StreamNotFoundError);
  });
});

/** What a request says that appends one event to a stream in whatever state. */
function appendOf(stream: string): Buffer {
  const identifier = new sharedPb.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString('base64'));
  const options = new streamsPb.AppendReq.Options();
  options.setStreamIdentifier(identifier);
  options.setAny(new sharedPb.Empty());
  const id = new sharedPb.UUID();
  id.setString(randomUUID());
  const proposed = new streamsPb.AppendReq.ProposedMessage();
  proposed.setId(id);
  proposed.getMetadataMap().set('type', 'T').set('content-type', 'application/json');
  proposed.setData(Buffer.from('{}'));
  const [first, second] = [new streamsPb.AppendReq(), new streamsPb.AppendReq()];
  first.setOptions(options);
  second.setProposedMessage(proposed);
  return Buffer.concat([first, second].map((message) => framed(Buffer.from(message.serializeBinary()))));
}
