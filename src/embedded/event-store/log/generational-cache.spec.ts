import { GenerationalCache } from './generational-cache.js';

describe('a generational cache', () => {
  it('keeps what is used and forgets what is not', () => {
    const cache = new GenerationalCache<string, number>(3);
    cache.set('used', 1);
    cache.set('idle', 2);
    for (let i = 0; i < 10; i++) {
      cache.set(`other ${i}`, i);
      cache.get('used');
    }
    expect([cache.get('used'), cache.get('idle')]).toEqual([1, undefined]);
  });
  it('forgets what is deleted, in either half', () => {
    const cache = new GenerationalCache<string, number>(2);
    for (const key of ['a', 'b', 'c']) cache.set(key, 1);
    cache.delete('a');
    cache.delete('c');
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([undefined, 1, undefined]);
  });
});
