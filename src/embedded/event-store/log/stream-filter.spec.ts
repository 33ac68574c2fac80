import { randomUUID } from 'node:crypto';
import { hashOf } from './stream-directory.js';
import { StreamFilter } from './stream-filter.js';

describe('the filter of streams', () => {
  const filter = new StreamFilter();
  const added = Array.from({ length: 10_000 }, () => hashOf(randomUUID()));
  for (const streamId of added) filter.add(streamId);

  it('has every stream that was added', () => {
    expect(added.filter((streamId) => !filter.mayHave(streamId))).toEqual([]);
  });

  it('has hardly any other', () => {
    const others = Array.from({ length: 10_000 }, () => hashOf(randomUUID()));
    expect(others.filter((streamId) => filter.mayHave(streamId)).length).toBeLessThan(50);
  });

  it.each([0, 1, 2 ** 47 - 1, 2 ** 47 + 3])('takes the number %p', (streamId) => {
    const empty = new StreamFilter();
    expect(empty.mayHave(streamId)).toBe(false);
    empty.add(streamId);
    expect(empty.mayHave(streamId)).toBe(true);
  });
});
