import fc from 'fast-check';
import { checksum } from './checksum.js';

describe('the checksum of a name', () => {
  it('changes with any byte', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, change) => {
          const changed = Uint8Array.from(bytes);
          const index = at % bytes.length;
          changed[index] = (changed[index] ?? 0) ^ change;
          expect(checksum(changed, 0)).not.toBe(checksum(bytes, 0));
        },
      ),
    );
  });
  it('changes with the length', () => expect(checksum(Buffer.alloc(3), 0)).not.toBe(checksum(Buffer.alloc(4), 0)));
  it('is that of Murmur3', () => expect(checksum(Buffer.from('hello'), 0) >>> 0).toBe(0x248bfa47));
});
