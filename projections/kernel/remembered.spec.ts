import { remembered } from './remembered.js';

describe('A reading that is remembered', () => {
  it('is done once for each text, and again only for one that has not been asked for since long', () => {
    const done: string[] = [];
    const read = remembered((text) => (done.push(text), { text }), 2);
    expect(read('a')).toBe(read('a'));
    for (const text of ['b', 'c', 'b', 'c', 'd', 'e', 'f', 'a']) expect(read(text)).toEqual({ text });
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'a']);
  });
});
