import fc from 'fast-check';
import { inOrder } from './in-order.js';

const never = () => false;
async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
/** After so many turns of the event loop. */
const after = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
};

describe('Work on a stream', () => {
  it('gives the outcomes in the order of the items, with no more under way than allowed', async () => {
    const delays = fc.array(fc.nat({ max: 6 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 8 }), async (turns, limit) => {
        let underWay = 0;
        const work = async (turn: number) => {
          underWay += 1;
          expect(underWay).toBeLessThanOrEqual(limit);
          await after(turn);
          underWay -= 1;
          return turn;
        };
        const outcomes: number[] = [];
        for await (const some of inOrder(from(turns), work, { limit, isOver: never })) outcomes.push(...some);
        expect(outcomes).toEqual(turns);
      }),
      { numRuns: 100 },
    );
  });

  it('answers an item before the next one comes', async () => {
    const source = new TransformStream<string, string>();
    const writer = source.writable.getWriter();
    const items = source.readable[Symbol.asyncIterator]();
    const outcomes = inOrder(items, async (item) => item.toUpperCase(), { limit: 64, isOver: never });
    for (const item of ['a', 'b']) {
      void writer.write(item);
      expect((await outcomes.next()).value).toEqual([item.toUpperCase()]);
    }
  });

  it('stops with the reader: nothing more is taken from the source', async () => {
    let taken = 0;
    async function* endless() {
      for (;;) yield (taken += 1);
    }
    const outcomes = inOrder(endless(), async (item) => item, { limit: 4, isOver: never });
    await outcomes.next();
    await after(20);
    expect(taken).toBeLessThanOrEqual(8);
  });

  it('completes what is under way when it is over, and takes no more', async () => {
    const items = [1, 2, 3, 4, 5, 6];
    let begun = 0;
    const work = async (item: number) => {
      begun += 1;
      await after(5 - item);
      return item;
    };
    const outcomes: number[] = [];
    for await (const some of inOrder(from(items), work, { limit: 8, isOver: () => begun >= 3 })) outcomes.push(...some);
    expect(outcomes).toEqual([1, 2, 3]);
  });

  it('ends with the fault of its source', async () => {
    async function* broken() {
      yield 1;
      throw new Error('cut off');
    }
    const outcomes = inOrder(broken(), async (item) => item, { limit: 4, isOver: never });
    const all = async () => {
      for await (const some of outcomes) expect(some).toEqual([1]);
    };
    await expect(all()).rejects.toThrow('cut off');
  });
});
