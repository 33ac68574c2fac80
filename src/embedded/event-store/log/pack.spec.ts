import { CorruptLog } from './diagnosis.js';
import { decodePack, Pack } from './pack.js';
import { RowMemory } from './row-memory.js';

const frame = (text: string) => {
  const bytes = Buffer.alloc(5 + text.length);
  bytes.writeUInt32BE(text.length, 1);
  bytes.write(text, 5);
  return bytes;
};

const pack = () => {
  const memory = new RowMemory();
  const written = new Pack(2 ** 47 - 1, 3, 1000);
  ['first', '', 'the last'].forEach((text) => written.add(frame(text), memory));
  return written;
};

describe('a row of events', () => {
  it('is read back as it was written', () => {
    const read = decodePack(pack().key, pack().encode());
    expect(read.events()).toEqual(pack().events());
    expect([read.streamId, read.last, read.key]).toEqual([2 ** 47 - 1, 5, 1015]);
  });
  it('says the same before it is written and afterwards', () => {
    const written = pack();
    written.encode();
    expect(written.events()).toEqual(pack().events());
    expect([written.last, written.key, written.bytes]).toEqual([pack().last, pack().key, pack().bytes]);
  });
  it('is corrupt when any byte of it is another', () => {
    const content = pack().encode();
    for (let at = 0; at < content.length; at++) {
      const changed = Buffer.from(content);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => decodePack(pack().key, changed)).toThrow(CorruptLog);
    }
  });
  it('is corrupt in the place of another', () => {
    expect(() => decodePack(1, pack().encode())).toThrow('The event at position 1 is corrupt');
  });
  it.each([
    ['nothing', null],
    ['a text', 'x'],
    ['too few bytes', Buffer.alloc(20)],
  ])('is corrupt when it is %s', (_, content) => {
    expect(() => decodePack(1, content)).toThrow(CorruptLog);
  });
});
