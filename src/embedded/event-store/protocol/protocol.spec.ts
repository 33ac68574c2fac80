import { checkpoint } from './responses/read-response.js';
import { Checkpoints } from './checkpoints.js';
import { compileNameTest } from './filter.js';
import { PageSize } from './page-size.js';

const matching = (options: { regex?: string; prefixes?: string[] }, names: readonly string[]) => {
  const verdicts = compileNameTest({ regex: '', prefixes: [], ...options })(names);
  return names.filter((_, index) => verdicts[index]);
};

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
  it('refuses what is no expression', () => expect(() => matching({ regex: '(' }, [])).toThrow('not a regular'));
  it('refuses what turns out to be none when it is first used', () =>
    expect(() => matching({ regex: `${'('.repeat(2000)}a${')'.repeat(2000)}{9,999}{9,999}` }, ['a'])).toThrow(
      'not a regular',
    ));
  it('refuses what is longer than any expression or list needs to be', () => {
    expect(() => matching({ regex: 'a'.repeat(5000) }, [])).toThrow('longer than 4096');
    expect(() => matching({ prefixes: Array<string>(10_001).fill('a') }, [])).toThrow('more than 10000');
  });

  describe('whose expression takes too long', () => {
    const endless = () => matching({ regex: '^(a+)+$' }, ['aa', `${'a'.repeat(50)}!`]);

    it('is stopped, and refused without a trial when it comes again', () => {
      expect(endless).toThrow('takes longer than 100 ms');
      const again = Date.now();
      expect(endless).toThrow('takes longer than 100 ms');
      expect(Date.now() - again).toBeLessThan(50);
    });
    it('leaves others as they are', () => {
      expect(endless).toThrow();
      expect(matching({ regex: '^(a+)$' }, ['aa', 'b'])).toEqual(['aa']);
    });
  });
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
