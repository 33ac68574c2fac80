import fc from 'fast-check';
import type { Line } from './lines.js';
import { linesOf } from './lines.js';

const LONGEST = 16;

async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  yield bytes.subarray(from);
}

const linesIn = async (body: string | Uint8Array, sizes: readonly number[] = []): Promise<Line[]> => {
  const lines: Line[] = [];
  for await (const line of linesOf(inChunks(Buffer.from(body), sizes), LONGEST)) lines.push(line);
  return lines;
};

describe('The lines of a streamed body', () => {
  it('are numbered as in a file; empty ones are counted and left out', async () => {
    expect(await linesIn('a\n\n  \r\nb\r\nc')).toEqual([
      { row: 1, text: 'a' },
      { row: 4, text: 'b\r' },
      { row: 5, text: 'c' },
    ]);
  });

  it('need no newline at the end, and make no line of it', async () => {
    expect(await linesIn('')).toEqual([]);
    expect(await linesIn('a\n')).toEqual([{ row: 1, text: 'a' }]);
  });

  it('may be as long as allowed; longer ones are passed over', async () => {
    const [longest, over] = ['x'.repeat(LONGEST), 'x'.repeat(LONGEST + 1)];
    expect(await linesIn(`${longest}\n${over}\nb\n${over}`)).toEqual([
      { row: 1, text: longest },
      { row: 2, fault: 'too-long' },
      { row: 3, text: 'b' },
      { row: 4, fault: 'too-long' },
    ]);
  });

  it('are refused when they are not UTF-8', async () => {
    expect(await linesIn(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual([
      { row: 1, fault: 'not-utf-8' },
      { row: 2, text: 'b' },
    ]);
  });

  it('are the same however the body is cut into chunks', async () => {
    const bodies = fc.array(fc.constantFrom('a', 'ü', '€', '😀', '\n', ' ', 'x'.repeat(LONGEST)), { maxLength: 20 });
    const cuts = fc.array(fc.nat({ max: 9 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(bodies, cuts, async (parts, sizes) => {
        const body = parts.join('');
        expect(await linesIn(body, sizes)).toEqual(await linesIn(body));
      }),
      { numRuns: 300 },
    );
  });
});
