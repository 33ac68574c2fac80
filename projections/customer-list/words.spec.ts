import fc from 'fast-check';
import { searchedWords, wordEntries, wordsFrom, wordsOf } from './words.js';

const adatum = { name: 'Ádatum & Filhos Indústria', domain: 'shop.adatum.com.br' };

/** Whether the entry lies in the part of the index that is read, as Redis compares: byte by byte. */
const finds = (beginning: string, details: typeof adatum): boolean => {
  const { index, from, to } = wordsFrom('contoso', beginning) ?? { index: '', from: '', to: '' };
  const bytes = (text: string) => Buffer.from(text);
  return wordEntries('contoso', details, 'c1').some(
    (entry) =>
      entry.index === index &&
      Buffer.compare(bytes(entry.member), bytes(from)) >= 0 &&
      Buffer.compare(bytes(entry.member), bytes(to)) < 0,
  );
};

describe('The words of a customer', () => {
  it('are those of its name and of its domain, whatever their case and accents (C5)', () => {
    expect(searchedWords(adatum)).toEqual([
      ...['adatum', 'filhos', 'industria'],
      ...['shop.adatum.com.br', 'adatum.com.br', 'com.br'],
    ]);
    expect(wordsOf('ＦＵＬＬ width')).toEqual(['full', 'width']);
  });

  it.each(['ada', 'adatum', 'fil', 'industria', 'shop', 'adatum.com', 'shop.adatum.com.br', 'com'])(
    'are found by their beginning: %s (C5)',
    (beginning) => expect(finds(beginning, adatum)).toBe(true),
  );

  it.each(['dat', 'adatumx', 'xx', 'ilhos', 'br', 'adatum.org'])(
    'are not found by anything else: %s (C5)',
    (beginning) => expect(finds(beginning, adatum)).toBe(false),
  );

  it('are each found by every beginning of three letters or more, in any script (C5)', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.domain(), (name, domain) => {
        for (const word of searchedWords({ name, domain })) {
          const letters = [...word];
          for (let length = 3; length <= letters.length; length += 1)
            expect(finds(letters.slice(0, length).join(''), { name, domain })).toBe(true);
        }
      }),
    ));

  it('of two letters are too many to be kept in an index', () => {
    expect(wordsFrom('contoso', 'ad')).toBeNull();
    expect(wordEntries('contoso', { name: 'AG', domain: 'ag' }, 'c1')).toEqual([]);
  });

  it('stand in the index once, and not where a longer word covers them', () => {
    const count = (name: string, domain: string) => wordEntries('contoso', { name, domain }, 'c1').length;
    expect(count('Ada ada ADA', 'ada.ad')).toBe(1);
    expect(count('Fabrikam Ltd', 'fabrikam.example')).toBe(2);
    expect(count('Fabrikam', `${'very-'.repeat(20)}long.example`)).toBe(3);
  });
});
