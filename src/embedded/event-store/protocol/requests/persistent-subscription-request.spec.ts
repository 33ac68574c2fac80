import persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { readConsumeRequest } from './consume-request.js';
import { readGroupDeletion, readGroupRequest } from './persistent-subscription-request.js';

const { CreateReq, DeleteReq, ReadReq, UpdateReq } = persistentPb;
const { Empty, StreamIdentifier, UUID } = sharedPb;
const ids = ['11111111-2222-3333-4444-555555555555', '66666666-7777-8888-9999-000000000000'];
const END = '18446744073709551615';

const serialized = (message: { serializeBinary(): Uint8Array }) => Buffer.from(message.serializeBinary());

function identifier(stream: string) {
  const message = new StreamIdentifier();
  message.setStreamName(Buffer.from(stream).toString('base64'));
  return message;
}

function uuids() {
  return ids.map((id) => {
    const message = new UUID();
    message.setString(id);
    return message;
  });
}

function creation(change: (options: InstanceType<typeof CreateReq.Options>) => void) {
  const options = new CreateReq.Options();
  options.setGroupName('g');
  const settings = new CreateReq.Settings();
  settings.setRevision(END);
  settings.setReadBatchSize(20);
  settings.setMessageTimeoutMs(30_000);
  settings.setCheckpointAfterTicks('20000');
  settings.setNamedConsumerStrategy(1);
  options.setSettings(settings);
  change(options);
  const request = new CreateReq();
  request.setOptions(options);
  return serialized(request);
}

describe('a request that the generated code wrote', () => {
  it('is read as a group to create, by an older client', () => {
    const message = creation((options) => options.setStreamIdentifier(identifier('s')));
    expect(readGroupRequest(message)).toMatchObject({
      stream: 's',
      group: 'g',
      settings: {
        startFrom: 'end',
        readBatchSize: 20,
        messageTimeoutMs: 30_000,
        checkpointAfterMs: 2,
        strategy: 'RoundRobin',
      },
    });
  });

  it('is read as a group to create, by a newer client', () => {
    const stream = new CreateReq.StreamOptions();
    stream.setStreamIdentifier(identifier('s'));
    stream.setRevision('7');
    const message = creation((options) => {
      options.setStream(stream);
      options.getSettings()?.setConsumerStrategy('DispatchToSingle');
    });
    expect(readGroupRequest(message)).toMatchObject({
      stream: 's',
      settings: { startFrom: 7, strategy: 'DispatchToSingle' },
    });
  });

  it('is read as a group to update', () => {
    const options = new UpdateReq.Options();
    options.setStreamIdentifier(identifier('s'));
    options.setGroupName('g');
    options.setSettings(new UpdateReq.Settings());
    const request = new UpdateReq();
    request.setOptions(options);
    expect(readGroupRequest(serialized(request))).toMatchObject({
      stream: 's',
      group: 'g',
      settings: { startFrom: 0 },
    });
  });

  it.each([
    ['$all', creation((options) => options.setAll(new CreateReq.AllOptions())), '$all'],
    ['$all by its name', creation((options) => options.setStreamIdentifier(identifier('$all'))), '$all'],
    ['pinned consumers', creation((options) => options.getSettings()?.setNamedConsumerStrategy(2)), 'strategy Pinned'],
    [
      'a strategy of its own',
      creation((options) => options.getSettings()?.setConsumerStrategy('Mine')),
      'strategy Mine',
    ],
  ])('is told that %s is not served', (_, message, said) => {
    expect(() => readGroupRequest(message)).toThrow(expect.objectContaining({ code: 12 }));
    expect(() => readGroupRequest(message)).toThrow(said);
  });

  it('is refused without a stream or a group', () => {
    expect(() => readGroupRequest(creation(() => {}))).toThrow('stream name');
    expect(() =>
      readGroupRequest(creation((options) => (options.setStreamIdentifier(identifier('s')), options.setGroupName('')))),
    ).toThrow('group name');
    expect(() => readGroupRequest(serialized(new CreateReq()))).toThrow('options are missing');
  });

  it('is read as a group to delete', () => {
    const options = new DeleteReq.Options();
    options.setStreamIdentifier(identifier('s'));
    options.setGroupName('g');
    const request = new DeleteReq();
    request.setOptions(options);
    expect(readGroupDeletion(serialized(request))).toEqual({ stream: 's', group: 'g' });
  });

  it('is read as the options of a consumer, which takes at least one message', () => {
    const options = new ReadReq.Options();
    options.setStreamIdentifier(identifier('s'));
    options.setGroupName('g');
    options.setBufferSize(10);
    const uuid = new ReadReq.Options.UUIDOption();
    uuid.setString(new Empty());
    options.setUuidOption(uuid);
    const request = new ReadReq();
    request.setOptions(options);
    const read = { stream: 's', group: 'g', bufferSize: 10, textIds: true };
    expect(readConsumeRequest(serialized(request))).toEqual({ kind: 'options', options: read });
    options.setBufferSize(0);
    expect(() => readConsumeRequest(serialized(request))).toThrow('buffer size');
  });

  it('is read as acknowledgements', () => {
    const ack = new ReadReq.Ack();
    ack.setIdsList(uuids());
    const request = new ReadReq();
    request.setAck(ack);
    expect(readConsumeRequest(serialized(request))).toMatchObject({ kind: 'acknowledge', ids });
  });

  it.each([
    [0, 'retry'],
    [1, 'park'],
    [2, 'retry'],
    [3, 'skip'],
    [4, 'stop'],
  ] as const)('is read as a rejection of kind %d, which is to %s', (action, how) => {
    const nack = new ReadReq.Nack();
    nack.setIdsList(uuids());
    nack.setAction(action);
    nack.setReason('spoilt');
    const request = new ReadReq();
    request.setNack(nack);
    expect(readConsumeRequest(serialized(request))).toEqual({ kind: 'reject', ids, how, reason: 'spoilt' });
  });
});
