import { Tail } from './tail.js';

const event = (position: number, streamId = 1, revision = 0, bytes = 10) => {
  const frame = Buffer.alloc(bytes);
  frame.writeUInt32BE(bytes - 5, 1);
  return { position, streamId, revision, frame };
};

const committed = (...events: ReturnType<typeof event>[]) => {
  const tail = new Tail(0);
  for (const each of events) {
    tail.add(each);
    tail.settle();
  }
  tail.store();
  return tail;
};

describe('the tail of the log', () => {
  it('gives what follows a position, in order and no more than asked for', () => {
    const tail = committed(event(7), event(17, 2), event(27, 3));
    expect(tail.after(5, 2)?.map(({ position }) => position)).toEqual([7, 17]);
    expect(tail.after(17, 9)?.map(({ position }) => position)).toEqual([27]);
    expect(tail.after(27, 9)).toEqual([]);
  });
  it('gives what precedes a position, newest first, as far as it has it', () => {
    const tail = committed(event(7), event(17, 2), event(27, 3));
    expect(tail.before(27, 9).map(({ position }) => position)).toEqual([17, 7]);
    expect(tail.before(Infinity, 1).map(({ position }) => position)).toEqual([27]);
    expect(tail.before(7, 9)).toEqual([]);
  });
  it('knows what is committed and not stored yet', () => {
    const tail = committed(event(1));
    tail.add(event(11, 2));
    expect([tail.unstored().length, tail.unstoredBytes]).toEqual([0, 0]);
    tail.settle();
    expect([tail.unstored().map(({ position }) => position), tail.unstoredBytes]).toEqual([[11], 10]);
    expect(tail.oldest(9)).toHaveLength(1);
    tail.store();
    expect([tail.unstored().length, tail.unstoredBytes, tail.oldest(9).length]).toEqual([0, 0, 2]);
  });
  it('says when it does not reach back so far', () => expect(new Tail(5).after(4, 1)).toBeUndefined());
  it('keeps events of a transaction that follow each other in their stream together', () => {
    const tail = new Tail(0);
    [event(1, 1, 0), event(11, 1, 1), event(21, 2, 0), event(31, 1, 2)].forEach((each) => tail.add(each));
    expect(tail.unsettled().map((pack) => pack.events().length)).toEqual([2, 1, 1]);
    tail.settle();
    tail.add(event(41, 1, 3));
    expect(tail.unsettled().map(({ revision, position }) => [revision, position])).toEqual([[3, 41]]);
  });
  it('begins a new pack when one would become too long', () => {
    const tail = new Tail(0);
    [event(1, 1, 0, 10_000), event(10_001, 1, 1, 10_000)].forEach((each) => tail.add(each));
    expect(tail.length).toBe(2);
  });
  it('takes back what a transaction added that fails', () => {
    const tail = committed(event(1, 1, 0), event(11, 2, 0));
    [event(21, 1, 1), event(31, 3, 0)].forEach((each) => tail.add(each));
    tail.discard();
    expect([1, 2, 3].map((streamId) => tail.lastRevisionOf(streamId))).toEqual([0, 0, undefined]);
    expect(tail.after(0, 9)).toHaveLength(2);
    expect(tail.bytes).toBe(20);
  });
  it('forgets the oldest first, of each stream too', () => {
    const tail = committed(event(1, 1, 0), event(11, 2, 0), event(21, 1, 1));
    tail.drop(2);
    expect([tail.covers(10), tail.covers(11)]).toEqual([false, true]);
    expect(tail.firstRevisionOf(1)).toBe(1);
    expect(tail.firstRevisionOf(2)).toBeUndefined();
    expect(tail.of(1, 0, 9).map(({ revision }) => revision)).toEqual([1]);
    expect(tail.bytes).toBe(10);
  });
});
