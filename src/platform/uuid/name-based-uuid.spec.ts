import fc from 'fast-check';
import { nameBasedUuid } from './name-based-uuid.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('a UUID that follows from a name', () => {
  it('is the one that RFC 9562 gives as its example', () => {
    expect(nameBasedUuid('www.example.com', DNS)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });
  it('says its version and variant, is always the same, and another for another name or namespace', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (name, namespace) => {
        const uuid = nameBasedUuid(name, namespace);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(nameBasedUuid(name, namespace)).toBe(uuid);
        expect([nameBasedUuid(`${name}.`, namespace), nameBasedUuid(name, uuid)]).not.toContain(uuid);
      }),
    );
  });
});
