import fc from 'fast-check';
import { joinFields, splitFields } from './fields.js';
import { isoTime } from './iso-time.js';
import { fullId, fullTime, shortId, shortTime } from './short.js';

describe('what is stored short', () => {
  it('is every UUID, and comes back', () =>
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(shortId(id)).toHaveLength(23);
        expect(fullId(shortId(id))).toBe(id);
      }),
    ));

  it('is no other id: it stays as it is', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9-]{1,64}$/), (id) => {
        expect(fullId(shortId(id))).toBe(id);
      }),
    ));

  it('is every moment, and comes back; what is written in another way stays as it is', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('5000-01-01'), noInvalidDate: true }), (date) => {
        expect(shortTime(date.toISOString()).length).toBeLessThan(10);
        expect(fullTime(shortTime(date.toISOString()))).toBe(date.toISOString());
      }),
    );
    for (const at of ['2026-03-01', '2026-03-01T09:00:00Z', 'some day']) expect(fullTime(shortTime(at))).toBe(at);
  });

  it('is a moment written as everywhere else, from one day to the next and back', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 95_617_584_000_000 }), { minLength: 2 }), (moments) => {
        expect(moments.map(isoTime)).toEqual(moments.map((ms) => new Date(ms).toISOString()));
      }),
    ));

  it('keeps values of any kind apart', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (values) => {
        const back = splitFields(joinFields(values));
        expect(values.map((_, at) => back[at] ?? '')).toEqual(values);
      }),
    ));
});
