import { firstVisibleRevision, firstYoungRevision } from './truncation.js';

describe('the first visible revision of a stream', () => {
  it('is the first without limits', () => expect(firstVisibleRevision(9, {})).toBe(0));
  it('leaves as many as the count allows', () => expect(firstVisibleRevision(9, { maxCount: 3 })).toBe(7));
  it('is the first when fewer are there', () => expect(firstVisibleRevision(1, { maxCount: 3 })).toBe(0));
  it('is where the stream was truncated', () => expect(firstVisibleRevision(9, { truncateBefore: 4 })).toBe(4));
  it('is the later of both', () => expect(firstVisibleRevision(9, { truncateBefore: 4, maxCount: 2 })).toBe(8));
  it('may lie beyond the last', () => expect(firstVisibleRevision(4, { truncateBefore: 10 })).toBe(10));
});

describe('the first revision that is young enough', () => {
  const created = [10, 20, 20, 30, 40];
  const first = (oldest: number) => firstYoungRevision(0, 4, oldest, (revision) => created[revision] ?? 0);
  it('is the first created at that time or later', () => expect([first(5), first(20), first(21)]).toEqual([0, 1, 3]));
  it('is behind the last when all are too old', () => expect(first(41)).toBe(5));
});
