import * as fc from 'fast-check';
import { abbreviate, expand } from './abbreviations.js';

const ID = '0f7c1c7e-3a1f-4f4e-8a5c-2a2a4b0c9d77';
const words = [
  'own-marketing',
  'reseller',
  'granted',
  'in-force',
  ID,
  '2026-03-01T09:00:00.000Z',
  ',"basis":',
  '\u0001',
];

describe('abbreviated facts', () => {
  it('are the same again when expanded, whatever they hold', () => {
    const text = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' }), fc.uuid());
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, text, fc.boolean(), fc.constant(null), tie('list'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(text, tie('any'), { maxKeys: 4 }),
    })).any;
    fc.assert(
      fc.property(value, (facts) => {
        const json = JSON.stringify(facts);
        expect(expand(abbreviate(json))).toBe(json);
      }),
      { numRuns: 500 },
    );
  });

  it('take a fraction of the room', () => {
    expect(abbreviate('["own-marketing",true]')).toHaveLength(1);
    expect(abbreviate(`["${ID}"]`).length).toBeLessThan(30);
  });
});
