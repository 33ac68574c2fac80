import { parseStreamMetadata, SOFT_DELETION, undeletedMetadata } from './stream-metadata.js';

const parse = (text: string) => parseStreamMetadata(Buffer.from(text));

describe('stream metadata', () => {
  it('limits count, age and beginning', () => {
    const text = '{"$maxCount":3,"$maxAge":60,"$tb":2,"other":true}';
    expect(parse(text)).toEqual({ maxCount: 3, maxAgeSeconds: 60, truncateBefore: 2 });
  });
  it('ignores limits that are not positive', () => expect(parse('{"$maxCount":0,"$maxAge":-1}')).toEqual({}));
  it('counts as none when it is no JSON object', () => {
    expect(['', 'x', '[]', '3'].map(parse)).toEqual([{}, {}, {}, {}]);
  });
  it('counts as none when a limit is no integer', () => {
    expect(parse('{"$maxCount":"3","$tb":1}')).toEqual({});
    expect(parse('{"$maxCount":1.5}')).toEqual({});
  });
  it('deletes a stream truncated before the greatest revision', () => {
    expect(parse(SOFT_DELETION)).toMatchObject({ softDeleted: true });
  });
  it('counts as none when a client wrote the deletion back with lost digits', () => {
    expect(parse('{"$tb":9223372036854775808}')).toEqual({});
    expect(parse('{"$tb":9223372036854776000}')).toEqual({});
  });
  it('reads roles given as a text or a list', () => {
    expect(parse('{"$acl":{"$r":"ops","$w":["a","b"]}}')).toEqual({ acl: { read: ['ops'], write: ['a', 'b'] } });
  });
  it('keeps the rest when a deleted stream is written again', () => {
    expect(undeletedMetadata(Buffer.from('{"a":1,"$tb":9223372036854775807}'), 5)?.toString()).toBe('{"a":1,"$tb":5}');
    expect(undeletedMetadata(Buffer.from('no object'), 5)).toBeUndefined();
  });
});
