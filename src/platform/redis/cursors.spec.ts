import fc from 'fast-check';
import { SecretKeys } from '../secrets/secret-keys.js';
import type { ListName, Paged } from './cursors.service.js';
import { Cursors } from './cursors.service.js';

const OLD = { id: 'old', key: Buffer.alloc(32, 1) };
const NEW = { id: 'new', key: Buffer.alloc(32, 2) };
const LIST: ListName = ['customers', 'contoso'];
const asked = (fields: object = {}): Paged => ({ limit: 50, ...fields });
const cursors = new Cursors(new SecretKeys([OLD]));
const sent = (query: Paged, cursor: string | null): Paged => ({ ...query, cursor: cursor ?? '' });

describe('cursors', () => {
  it('give the place again, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (place) => {
        const cursor = cursors.next(LIST, asked(), place);
        expect(cursor).toMatch(/^[\w.-]+$/);
        expect(cursors.placeIn(LIST, sent(asked(), cursor))).toBe(place);
      }),
    );
  });

  it('are none at the end, and the beginning is before every place', () => {
    expect(cursors.next(LIST, asked(), null)).toBeNull();
    expect(cursors.placeIn(LIST, asked())).toBe('');
  });

  it('do not mind how much is asked for, how fresh, in what order, and what is left out', () => {
    const cursor = cursors.next(LIST, asked({ sort: 'name', role: 'reseller' }), 'a');
    const other = { role: 'reseller', origin: undefined, sort: 'name', minPosition: '7', limit: 3 };
    expect(cursors.placeIn(LIST, sent(asked(other), cursor))).toBe('a');
  });

  it.each([
    [['customers', 'northwind'], { sort: 'name' }],
    [['audit of partner', 'contoso'], { sort: 'name' }],
    [['customers'], { sort: 'name' }],
    [['customers', 'contoso'], { sort: 'since' }],
    [['customers', 'contoso'], { sort: 'name', q: 'adatum' }],
    [['customers', 'contoso'], {}],
  ] as [ListName, object][])('are refused by %j with %j', (list, query) => {
    const cursor = cursors.next(LIST, asked({ sort: 'name' }), 'a');
    expect(() => cursors.placeIn(list, sent(asked(query), cursor))).toThrow('none that an answer of this list gave');
  });

  it('are verified by every key, and signed by the first', () => {
    const cursor = cursors.next(LIST, asked(), 'a');
    const rotated = new Cursors(new SecretKeys([NEW, OLD]));
    expect(rotated.placeIn(LIST, sent(asked(), cursor))).toBe('a');
    const fresh = rotated.next(LIST, asked(), 'a');
    expect(() => cursors.placeIn(LIST, sent(asked(), fresh))).toThrow();
    expect(new Cursors(new SecretKeys([NEW])).placeIn(LIST, sent(asked(), fresh))).toBe('a');
  });

  it('are not what anything else is signed with', () => {
    const [, encoded = ''] = (cursors.next(LIST, asked(), 'a') ?? '').split('.');
    const bare = new SecretKeys([OLD]).hmac('invitation-link', encoded, 'base64url');
    expect(() => cursors.placeIn(LIST, sent(asked(), `old.${encoded}.${bare}`))).toThrow();
  });
});
