import { remembered } from './remembered.js';

describe('An unpacking that is remembered', () => {
  it('is done once for each text, and again only for one that has been forgotten', () => {
    const done: string[] = [];
    const unpack = remembered((packed) => (done.push(packed), { packed }), 2);
    expect(unpack('a')).toBe(unpack('a'));
    for (const packed of ['b', 'c', 'b', 'c', 'a']) expect(unpack(packed)).toEqual({ packed });
    expect(done).toEqual(['a', 'b', 'c', 'a']);
  });
});
