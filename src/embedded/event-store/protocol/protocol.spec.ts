import { checkpoint } from './responses/read-response.js';
import { Checkpoints } from './checkpoints.js';
import { compileText } from './filter.js';
import { PageSize } from './page-size.js';

const matching = (options: { regex?: string; prefixes?: string[] }, names: readonly string[]) =>
  names.filter(compileText({ regex: '', prefixes: [], ...options }));

describe('a filter', () => {
  it('takes names that begin with any of the prefixes', () => {
    expect(matching({ prefixes: ['a', 'bc'] }, ['ab', 'b', 'bcd', 'xa'])).toEqual(['ab', 'bcd']);
  });
  it('takes names in which the expression is found anywhere', () => {
    expect(matching({ regex: 'b(c|d)$' }, ['abc', 'bd', 'bcx'])).toEqual(['abc', 'bd']);
  });
  it('prefers the expression', () => {
    expect(matching({ regex: '^x', prefixes: ['a'] }, ['a', 'x'])).toEqual(['x']);
  });
  it('excludes system events as clients ask for it', () => {
    expect(matching({ regex: '^[^$].*' }, ['$metadata', 'T'])).toEqual(['T']);
  });
  it('understands case-blind expressions', () => expect(matching({ regex: '(?i)^ab' }, ['AB', 'b'])).toEqual(['AB']));
  it('refuses what is no expression', () =>
    expect(() => compileText({ regex: '(', prefixes: [] })).toThrow('not a regular'));
});

describe('checkpoints', () => {
  it('come after so many events looked at', () => {
    const checkpoints = new Checkpoints(3, 0);
    expect([5, 6, 7, 8].map((position) => checkpoints.after(position))).toEqual([
      undefined,
      undefined,
      checkpoint(7),
      undefined,
    ]);
  });
  it('come at the end of a catch-up, unless nothing is new', () => {
    const checkpoints = new Checkpoints(3, 4);
    expect(checkpoints.atEnd()).toBeUndefined();
    checkpoints.after(6);
    expect(checkpoints.atEnd()).toEqual(checkpoint(6));
    expect(checkpoints.atEnd()).toBeUndefined();
  });
});

describe('the size of a page', () => {
  const page = (events: number, bytes: number) =>
    Array.from({ length: events }, () => ({
      position: 1,
      streamId: 1,
      revision: 1,
      typeId: 1,
      frame: Buffer.alloc(bytes),
    }));
  it.each([
    ['grows for small events', 100, 256],
    ['is about 64 KiB', 1024, 64],
    ['is one for great events', 1024 * 1024, 1],
  ])('%s', (_, bytes, limit) => {
    const size = new PageSize();
    size.learn(page(4, bytes));
    expect(size.limit).toBe(limit);
  });
});
