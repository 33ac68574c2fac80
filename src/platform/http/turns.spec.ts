import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turns } from './turns.js';

describe('Requests that arrive together', () => {
  const taken: number[] = [];
  const turns = new Turns();
  const arrive = (...numbers: number[]) => numbers.forEach((number) => turns.take(() => taken.push(number)));

  it('are taken up in their order, four in a turn', async () => {
    arrive(1, 2, 3, 4, 5, 6, 7, 8, 9);
    expect(taken).toEqual([1, 2, 3, 4]);
    await nextTurn();
    arrive(10);
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await nextTurn();
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('wait for nobody once the turn has room again', async () => {
    await nextTurn();
    await nextTurn();
    arrive(11);
    expect(taken.at(-1)).toBe(11);
  });
});
