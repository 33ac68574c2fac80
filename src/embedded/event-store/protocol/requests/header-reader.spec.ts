import fc from 'fast-check';
import type { EventHeaders } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';
import { encodeFields } from '../../codec/field-writer.js';
import { HeaderReader } from './header-reader.js';

type Entry = readonly [key: string, value: string];

const HEADERS = 2;
const key = fc.constantFrom('type', 'content-type', 'created', 'another');
const value = fc.oneof(fc.constantFrom('A', 'B', 'application/json'), fc.string({ maxLength: 300 }));
const event = fc.array(fc.tuple(key, value), { maxLength: 6 });

const encoded = (entries: readonly Entry[]) =>
  encodeFields((writer) => {
    for (const [name, text] of entries)
      writer.message(HEADERS, (entry) => {
        entry.string(1, name);
        entry.string(2, text);
      });
  });
const read = (reader: HeaderReader, message: Buffer): EventHeaders => {
  const [fields, headers]: [FieldReader, EventHeaders] = [new FieldReader(message), {}];
  reader.begin();
  while (fields.next()) reader.read(fields, headers);
  return headers;
};
const meant = (entries: readonly Entry[]) => Object.fromEntries(entries.filter(([name]) => name !== 'another'));

describe('the headers of proposed events', () => {
  it('are read the same whatever was read before', () => {
    const property = fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      const reader = new HeaderReader();
      expect(events.map((entries) => read(reader, encoded(entries)))).toEqual(events.map(meant));
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('are refused when they are broken, though they begin as the ones before', () => {
    const reader = new HeaderReader();
    const whole = encoded([['type', 'A']]);
    read(reader, whole);
    for (let cut = 1; cut < whole.length; cut++) expect(() => read(reader, whole.subarray(0, cut))).toThrow();
    expect(read(reader, whole)).toEqual({ type: 'A' });
  });
});
