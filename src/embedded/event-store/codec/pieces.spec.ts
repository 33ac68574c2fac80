import fc from 'fast-check';
import { inFewPieces } from './pieces.js';

describe('pieces of what is sent', () => {
  it('are the same bytes, whatever lies side by side', () => {
    const memory = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i % 251));
    const range = fc.tuple(fc.nat(memory.length), fc.nat(6_000));
    const neighbours = range.map(([from, length]) => {
      const middle = from + (length >>> 1);
      return [memory.subarray(from, middle), memory.subarray(middle, from + length)];
    });
    fc.assert(
      fc.property(fc.array(neighbours), (given) => {
        const buffers = given.flat();
        expect(Buffer.concat(inFewPieces(buffers))).toEqual(Buffer.concat(buffers));
      }),
    );
  });
  it('are not copied where they lie side by side', () => {
    const row = Buffer.alloc(9_000);
    const [piece, ...others] = inFewPieces([row.subarray(10, 3_000), row.subarray(3_000, 3_010), row.subarray(3_010)]);
    expect(others).toEqual([]);
    expect([piece?.buffer, piece?.byteOffset, piece?.length]).toEqual([row.buffer, row.byteOffset + 10, 8_990]);
  });
  it('are not copied when they are great', () => {
    const [first, second] = [Buffer.alloc(5_000), Buffer.alloc(5_000)];
    expect(inFewPieces([first, second])).toEqual([first, second]);
  });
  it('are one when they are small', () => {
    const small = Array.from({ length: 50 }, () => Buffer.alloc(100));
    expect(inFewPieces(small)).toHaveLength(1);
  });
});
