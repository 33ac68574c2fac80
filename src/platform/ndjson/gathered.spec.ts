import fc from 'fast-check';
import { pause } from '../event-store/within.js';
import { gathered } from './gathered.js';

const piecesOf = async (pieces: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
};

describe('Gathered pieces', () => {
  it('are the same text, however it comes', async () => {
    const turns = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.nat(3)), { maxLength: 30 });
    async function* source(given: readonly (readonly [string, number])[]) {
      for (const [text, turns] of given) {
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        yield text;
      }
    }
    await fc.assert(
      fc.asyncProperty(turns, async (given) => {
        expect((await piecesOf(gathered(source(given)))).join('')).toBe(given.map(([text]) => text).join(''));
      }),
      { numRuns: 50 },
    );
  });

  it('are one where they come at once', async () => {
    async function* source() {
      yield* ['a', 'b', 'c'];
    }
    expect(await piecesOf(gathered(source()))).toEqual(['abc']);
  });

  it('are bounded', async () => {
    async function* source() {
      for (let n = 0; n < 100; n += 1) yield 'x'.repeat(1_000);
    }
    const lengths = (await piecesOf(gathered(source()))).map(({ length }) => length);
    expect(lengths.reduce((sum, length) => sum + length)).toBe(100_000);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(17 * 1_024);
  });

  it('do not wait for what comes late', async () => {
    async function* source() {
      yield 'a';
      await new Promise(() => undefined);
    }
    const { value } = await gathered(source()).next();
    expect(value).toBe('a');
  });

  it('are given before the fault that follows them', async () => {
    async function* source() {
      yield 'a';
      throw new Error('cut off');
    }
    const pieces = gathered(source());
    expect(await pieces.next()).toEqual({ done: false, value: 'a' });
    await expect(pieces.next()).rejects.toThrow('cut off');
  });

  it('close their source when nobody takes them any more', async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) {
          await pause(1);
          yield 'a';
        }
      } finally {
        closed = true;
      }
    }
    const pieces = gathered(source());
    await pieces.next();
    await pieces.return();
    expect(closed).toBe(true);
  });
});
