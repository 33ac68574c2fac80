import fc from 'fast-check';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { MalformedMessage } from '../../codec/malformed.js';
import { RpcError } from '../../transport/status.js';
import { readAppendRequest, readDeleteRequest } from './append-request.js';
import { readBatchAppendRequest } from './batch-append-request.js';
import { readProposedMessage } from './proposed-message.js';
import { readReadRequest } from './read-request.js';
import { readWriteOptions } from './write-options.js';

const { AppendReq, BatchAppendReq, DeleteReq, ReadReq } = streamsPb;
const { Empty, StreamIdentifier, UUID } = sharedPb;

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const bytes = fc.uint8Array({ maxLength: 200 });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const proposal = fc.record({ id: fc.uuid(), type: name, json: fc.boolean(), customMetadata: bytes, data: bytes });
type Proposal = typeof proposal extends fc.Arbitrary<infer T> ? T : never;

function uuid(text: string) {
  const id = new UUID();
  id.setString(text);
  return id;
}

function identifier(stream: string) {
  const message = new StreamIdentifier();
  message.setStreamName(Buffer.from(stream).toString('base64'));
  return message;
}

function propose<T extends InstanceType<typeof AppendReq.ProposedMessage | typeof BatchAppendReq.ProposedMessage>>(
  message: T,
  given: Proposal,
): T {
  message.setId(uuid(given.id));
  message.getMetadataMap().set('type', given.type);
  message.getMetadataMap().set('content-type', given.json ? 'application/json' : 'application/octet-stream');
  message.setCustomMetadata(given.customMetadata);
  message.setData(given.data);
  return message;
}

const serialized = (message: { serializeBinary(): Uint8Array }) => Buffer.from(message.serializeBinary());
const plain = ({ customMetadata, data, ...rest }: Proposal) => ({
  ...rest,
  customMetadata: Buffer.from(customMetadata),
  data: Buffer.from(data),
});

describe('a request that the generated code wrote', () => {
  it('is read as a batch append', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        name,
        uint64,
        fc.array(proposal, { maxLength: 5 }),
        fc.boolean(),
        (id, stream, revision, events, final) => {
          const request = new BatchAppendReq();
          const options = new BatchAppendReq.Options();
          options.setStreamIdentifier(identifier(stream));
          options.setStreamPosition(`${revision}`);
          request.setCorrelationId(uuid(id));
          request.setOptions(options);
          request.setIsFinal(final);
          for (const event of events) request.addProposedMessages(propose(new BatchAppendReq.ProposedMessage(), event));
          const read = readBatchAppendRequest(serialized(request));
          expect([read.correlationId, read.final]).toEqual([id, final]);
          expect(read.options && readWriteOptions(read.options)).toEqual({
            stream,
            expected: revision,
            deadline: undefined,
          });
          expect(read.messages.map(readProposedMessage)).toEqual(events.map(plain));
        },
      ),
    );
  });

  it('is read as an append', () => {
    fc.assert(
      fc.property(name, proposal, (stream, event) => {
        const options = new AppendReq.Options();
        options.setStreamIdentifier(identifier(stream));
        options.setNoStream(new Empty());
        const first = new AppendReq();
        first.setOptions(options);
        expect(readAppendRequest(serialized(first))).toEqual({
          options: { stream, expected: 'no_stream', deadline: undefined },
        });
        const second = new AppendReq();
        second.setProposedMessage(propose(new AppendReq.ProposedMessage(), event));
        const read = readAppendRequest(serialized(second));
        expect('proposed' in read && readProposedMessage(read.proposed)).toEqual(plain(event));
      }),
    );
  });

  it('is read as a deletion', () => {
    const options = new DeleteReq.Options();
    options.setStreamIdentifier(identifier('s'));
    options.setStreamExists(new Empty());
    const request = new DeleteReq();
    request.setOptions(options);
    expect(readDeleteRequest(serialized(request))).toEqual({
      stream: 's',
      expected: 'stream_exists',
      deadline: undefined,
    });
  });

  it('is read as a read of a stream', () => {
    fc.assert(
      fc.property(
        name,
        uint64,
        uint64,
        fc.boolean(),
        fc.boolean(),
        (stream, revision, count, backwards, resolveLinks) => {
          const target = new ReadReq.Options.StreamOptions();
          target.setStreamIdentifier(identifier(stream));
          target.setRevision(`${revision}`);
          const options = new ReadReq.Options();
          options.setStream(target);
          options.setCount(`${count}`);
          options.setReadDirection(backwards ? 1 : 0);
          options.setResolveLinks(resolveLinks);
          const request = new ReadReq();
          request.setOptions(options);
          expect(readReadRequest(serialized(request))).toEqual({
            target: { kind: 'stream', stream, from: revision },
            backwards,
            resolveLinks,
            count,
            filter: undefined,
            textIds: false,
          });
        },
      ),
    );
  });

  it('is read as a filtered subscription to $all', () => {
    const { Options } = ReadReq;
    const expression = new Options.FilterOptions.Expression();
    expression.setPrefixList(['a', 'b']);
    const filter = new Options.FilterOptions();
    filter.setEventType(expression);
    filter.setMax(64);
    filter.setCheckpointintervalmultiplier(3);
    const all = new Options.AllOptions();
    all.setEnd(new Empty());
    const ids = new Options.UUIDOption();
    ids.setString(new Empty());
    const options = new Options();
    options.setAll(all);
    options.setFilter(filter);
    options.setUuidOption(ids);
    options.setSubscription(new Options.SubscriptionOptions());
    const request = new ReadReq();
    request.setOptions(options);
    expect(readReadRequest(serialized(request))).toEqual({
      target: { kind: 'all', from: 'end' },
      backwards: false,
      resolveLinks: false,
      count: undefined,
      filter: { on: 'type', regex: '', prefixes: ['a', 'b'], checkpointInterval: 192 },
      textIds: true,
    });
  });
});

describe('bytes that no client means', () => {
  it.each([
    ['a batch append', readBatchAppendRequest],
    ['an append', readAppendRequest],
    ['a deletion', readDeleteRequest],
    ['a read', readReadRequest],
    ['an event', readProposedMessage],
  ])('are refused as %s, or read; nothing else happens', (_, read: (message: Buffer) => unknown) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (given) => {
        try {
          read(Buffer.from(given));
        } catch (error) {
          expect(error instanceof MalformedMessage || error instanceof RpcError).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused as an event without an id, a type or a content type', () => {
    const event = propose(new AppendReq.ProposedMessage(), fc.sample(proposal, 1)[0] as Proposal);
    event.getMetadataMap().del('content-type');
    expect(() => readProposedMessage(serialized(event))).toThrow(RpcError);
    event.clearId();
    expect(() => readProposedMessage(serialized(event))).toThrow('An event id must not be empty.');
  });
});
