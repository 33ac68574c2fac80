import { TOMBSTONE_REVISION, type WireEvent } from '../node/wire-event.js';
import { Digest } from './digest.js';
import { wireEvent } from './wire-event.fixture.js';

const digestOf = (...events: Partial<WireEvent>[]): string => {
  const digest = new Digest();
  for (const event of events) digest.add(wireEvent(event));
  return digest.finish();
};

describe('the digest of events', () => {
  it('is the same wherever and whenever they are stored', () => {
    expect(digestOf({ position: 7n, created: '1' })).toBe(digestOf({ position: 9n, created: '2' }));
  });

  it.each<Partial<WireEvent>>([
    { stream: 't' },
    { revision: 1n },
    { id: '6b9b2f7e-2f0a-4c39-9a51-0f5f5b8f6a12' },
    { type: 'Told' },
    { contentType: 'application/octet-stream' },
    { data: Buffer.from('{} ') },
    { metadata: Buffer.from('{}') },
    { data: new Uint8Array(), metadata: Buffer.from('{}') },
  ])('differs with %p', (change) => {
    expect(digestOf(change)).not.toBe(digestOf({}));
  });

  it('differs with the order', () => {
    expect(digestOf({ stream: 'a' }, { stream: 'b' })).not.toBe(digestOf({ stream: 'b' }, { stream: 'a' }));
  });

  it("does not depend on a tombstone's id, which every node makes up", () => {
    const tombstone = { revision: TOMBSTONE_REVISION, type: '$streamDeleted' };
    expect(digestOf({ ...tombstone, id: 'a' })).toBe(digestOf({ ...tombstone, id: 'b' }));
  });
});
