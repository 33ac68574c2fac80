import { Ledger } from './ledger.js';
import { requirePortable } from './portability.js';
import { wireEvent } from './wire-event.fixture.js';
import { TOMBSTONE_REVISION, type WireEvent } from '../node/wire-event.js';

const SOFT_DELETION = '{"$tb":9223372036854775807}';

const judge = (...events: Partial<WireEvent>[]) => {
  return () => {
    const ledger = new Ledger();
    try {
      for (const event of events) requirePortable(wireEvent(event), ledger);
    } finally {
      ledger.close();
    }
  };
};
const metadata = (stream: string, data: string, revision = 0n) => ({
  ...{ stream: `$$${stream}`, type: '$metadata', revision, data: Buffer.from(data) },
});

describe('what can be carried over', () => {
  it('is a stream from its first event on, with its metadata, deletion and tombstone', () => {
    expect(
      judge(
        { stream: 's', revision: 0n },
        { stream: 'other', revision: 0n },
        metadata('s', '{"$maxCount":1}'),
        { stream: 's', revision: 1n },
        metadata('s', SOFT_DELETION, 1n),
        { stream: 's', revision: TOMBSTONE_REVISION },
      ),
    ).not.toThrow();
  });

  it('is not a stream whose first events are gone', () => {
    expect(judge({ stream: 's', revision: 3n })).toThrow(/^Events 0 to 2 of the stream s are gone from the source/);
  });

  it('is not a stream that lacks events amidst', () => {
    expect(judge({ stream: 's', revision: 0n }, { stream: 's', revision: 2n })).toThrow(
      /^Events 1 to 1 of the stream s/,
    );
  });

  it('is not a stream that was written, described or deleted again after its deletion', () => {
    const deleted = [{ stream: 's', revision: 0n }, metadata('s', SOFT_DELETION)];
    for (const next of [{ stream: 's', revision: 1n }, metadata('s', '{}', 1n), metadata('s', SOFT_DELETION, 1n)])
      expect(judge(...deleted, next)).toThrow(/^The stream s was deleted and then used again/);
  });
});
