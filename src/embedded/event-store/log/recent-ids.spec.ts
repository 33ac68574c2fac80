import { randomUUID } from 'node:crypto';
import { RecentIds } from './recent-ids.js';

const AT_LEAST = 50_000;

describe('the ids of events written lately', () => {
  it('are known with the revision that their stream has them at', () => {
    const ids = new RecentIds();
    const [one, other] = [randomUUID(), randomUUID()];
    ids.add(one, 7, 3);
    expect(ids.revisionOf(one, 7)).toBe(3);
    expect([ids.revisionOf(one, 8), ids.revisionOf(other, 7)]).toEqual([undefined, undefined]);
  });
  it('count where they were first', () => {
    const ids = new RecentIds();
    const id = randomUUID();
    ids.add(id, 1, 0);
    ids.add(id, 2, 5);
    expect([ids.revisionOf(id, 1), ids.revisionOf(id, 2)]).toEqual([0, undefined]);
  });
  it('are told apart by every digit', () => {
    const ids = new RecentIds();
    const id = '00000000-0000-0000-0000-000000000000';
    const others = [...id].flatMap((digit, at) => (digit === '-' ? [] : [`${id.slice(0, at)}f${id.slice(at + 1)}`]));
    others.forEach((other, at) => ids.add(other, 1, at));
    expect(others.map((other) => ids.revisionOf(other, 1))).toEqual(others.map((_, at) => at));
    expect(ids.revisionOf(id, 1)).toBeUndefined();
  });
  it('are forgotten when their event was not committed, and may be written then', () => {
    const ids = new RecentIds();
    const id = randomUUID();
    ids.add(id, 1, 0);
    ids.remove(id, 1, 9);
    expect(ids.revisionOf(id, 1)).toBe(0);
    ids.remove(id, 1, 0);
    expect(ids.revisionOf(id, 1)).toBeUndefined();
    ids.add(id, 2, 4);
    expect(ids.revisionOf(id, 2)).toBe(4);
  });
  it('are the last 50 000 at least, and not many more', () => {
    const ids = new RecentIds();
    const written = Array.from({ length: AT_LEAST * 3 }, () => randomUUID());
    written.forEach((id, revision) => ids.add(id, 1, revision));
    const known = written.map((id) => ids.revisionOf(id, 1));
    expect(known.slice(-AT_LEAST)).toEqual(written.map((_, revision) => revision).slice(-AT_LEAST));
    expect(known.filter((revision) => revision !== undefined).length).toBeLessThanOrEqual(AT_LEAST * 2);
  });
});
