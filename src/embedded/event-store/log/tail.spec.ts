import { Tail } from './tail.js';

const event = (position: number, bytes = 10) => ({
  position,
  streamId: 1,
  revision: 0,
  typeId: 1,
  frame: Buffer.alloc(bytes),
});

describe('the tail of the log', () => {
  it('gives what follows a position, in order and no more than asked for', () => {
    const tail = new Tail(5);
    tail.add([event(7), event(9), event(20)]);
    expect(tail.after(5, 2)?.map(({ position }) => position)).toEqual([7, 9]);
    expect(tail.after(9, 9)?.map(({ position }) => position)).toEqual([20]);
    expect(tail.after(20, 9)).toEqual([]);
  });
  it('says when it does not reach back so far', () => expect(new Tail(5).after(4, 1)).toBeUndefined());
  it('stays small, and forgets the oldest first', () => {
    const tail = new Tail(0);
    for (let position = 1; position <= 10; position++) tail.add([event(position, 1024 * 1024)]);
    expect(tail.after(0, 99)).toBeUndefined();
    expect(tail.after(9, 99)).toHaveLength(1);
    expect(tail.covers(4)).toBe(false);
  });
});
