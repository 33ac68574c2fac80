import { setImmediate as nextTurn } from 'node:timers/promises';
import { paced } from './paced.js';

async function* numbers(count: number) {
  for (let n = 0; n < count; n += 1) yield n;
}

describe('Items that arrive all at once', () => {
  it('are given in their order, eight to a turn of the event loop', async () => {
    const given: number[] = [];
    const all = (async () => {
      for await (const one of paced(numbers(20))) given.push(one);
    })();
    for (const expected of [8, 16, 20]) {
      await nextTurn();
      expect(given).toHaveLength(expected);
    }
    await all;
    expect(given).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });
});
