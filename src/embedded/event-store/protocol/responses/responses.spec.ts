import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { appendConflict, appendSuccess, deleteSuccess } from './append-response.js';
import { BATCH_ERRORS, batchConflict, batchError, batchSuccess } from './batch-append-response.js';
import { CAUGHT_UP, checkpoint, confirmation, streamNotFound } from './read-response.js';

const { AppendResp, BatchAppendResp, DeleteResp, ReadResp } = streamsPb;
const correlation = { id: '0d9b3a3e-5f4c-4d0e-9a59-2f3f0a1b2c3d', stream: 'é stream' };
const messageOf = (frame: Buffer) => frame.subarray(5);

describe('an answer, as the generated code reads it', () => {
  it('tells the revision and position of an append', () => {
    const success = AppendResp.deserializeBinary(messageOf(appendSuccess(7, 2 ** 40))).getSuccess();
    expect(success?.getCurrentRevision()).toBe('7');
    expect(success?.getPosition()?.getCommitPosition()).toBe(`${2 ** 40}`);
  });

  it('tells that nothing was written to a stream without events', () => {
    const success = AppendResp.deserializeBinary(messageOf(appendSuccess(-1, undefined))).getSuccess();
    expect([success?.hasNoStream(), success?.hasNoPosition()]).toEqual([true, true]);
  });

  it('tells what was expected and what there was', () => {
    const conflict = AppendResp.deserializeBinary(messageOf(appendConflict(5n, 2))).getWrongExpectedVersion();
    expect([conflict?.getExpectedRevision(), conflict?.getCurrentRevision()]).toEqual(['5', '2']);
    const none = AppendResp.deserializeBinary(messageOf(appendConflict('stream_exists', -1))).getWrongExpectedVersion();
    expect([none?.hasExpectedStreamExists(), none?.hasCurrentNoStream()]).toEqual([true, true]);
  });

  it('tells a batch append its correlation and stream', () => {
    const response = BatchAppendResp.deserializeBinary(messageOf(batchSuccess(correlation, 3, 99)));
    expect(response.getCorrelationId()?.getString()).toBe(correlation.id);
    expect(Buffer.from(response.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe(correlation.stream);
    expect(response.getSuccess()?.getCurrentRevision()).toBe('3');
  });

  it('tells a batch append which error it is', () => {
    const conflict = batchError(correlation, batchConflict('any', 4));
    const details = BatchAppendResp.deserializeBinary(messageOf(conflict)).getError()?.getDetails();
    expect(details?.getTypeName()).toBe('event_store.client.WrongExpectedVersion');
    const unpacked = sharedPb.WrongExpectedVersion.deserializeBinary(details?.getValue_asU8() ?? new Uint8Array());
    expect([unpacked.hasExpectedAny(), unpacked.getCurrentStreamRevision()]).toEqual([true, '4']);
  });

  it('names an error that clients do not know by its message', () => {
    const response = BatchAppendResp.deserializeBinary(messageOf(batchError(correlation, BATCH_ERRORS.tooBusy)));
    expect(response.getError()?.getMessage()).toBe('Server Is Busy');
  });

  it('tells the position of a deletion', () => {
    expect(
      DeleteResp.deserializeBinary(messageOf(deleteSuccess(8)))
        .getPosition()
        ?.getPreparePosition(),
    ).toBe('8');
    expect(DeleteResp.deserializeBinary(messageOf(deleteSuccess(undefined))).hasNoPosition()).toBe(true);
  });

  it('tells a subscription what happens', () => {
    const read = (frame: Buffer) => ReadResp.deserializeBinary(messageOf(frame));
    expect(read(confirmation('id')).getConfirmation()?.getSubscriptionId()).toBe('id');
    expect(read(CAUGHT_UP).hasCaughtUp()).toBe(true);
    expect(read(checkpoint(12)).getCheckpoint()?.getCommitPosition()).toBe('12');
    const missing = read(streamNotFound('s')).getStreamNotFound()?.getStreamIdentifier()?.getStreamName_asU8();
    expect(Buffer.from(missing ?? []).toString()).toBe('s');
  });
});
