import { LatelyRead } from './lately-read.js';
import { Pack } from './pack.js';
import { RowMemory } from './row-memory.js';

const pack = (bytes: number): Pack => {
  const made = new Pack(1, 0, 1);
  const frame = Buffer.alloc(bytes);
  frame.writeUInt32BE(bytes - 5, 1);
  made.add(frame, new RowMemory());
  return made;
};

function setUp(bytes = 100) {
  let reads = 0;
  const latelyRead = new LatelyRead();
  const read = (revision = 0, limit = 5) =>
    latelyRead.packs(1, revision, limit, () => {
      reads++;
      return [pack(bytes)];
    });
  return { latelyRead, read, reads: () => reads };
}

describe('what was lately read of a stream', () => {
  it('is not read again', () => {
    const { read, reads } = setUp();
    expect(read()).toBe(read());
    expect(reads()).toBe(1);
  });
  it('is read again for another revision or another limit', () => {
    const { read, reads } = setUp();
    [read(0, 5), read(1, 5), read(1, 6), read(1, 6)].forEach((packs) => expect(packs).toHaveLength(1));
    expect(reads()).toBe(3);
  });
  it('is read again once the index knows more of the stream', () => {
    const { latelyRead, read, reads } = setUp();
    read();
    latelyRead.forget(2);
    read();
    latelyRead.forget(1);
    read();
    expect(reads()).toBe(2);
  });
  it('is not kept when it is long', () => {
    const { read, reads } = setUp(5_000);
    [read(), read()].forEach((packs) => expect(packs).toHaveLength(1));
    expect(reads()).toBe(2);
  });
});
