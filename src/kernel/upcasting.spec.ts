import { EventSchemas, UnknownSchemaVersion } from './upcasting.js';

interface First {
  readonly name: string;
}
interface Second {
  readonly names: readonly string[];
}

const schemas = new EventSchemas({
  Renamed: [
    ({ name }: First) => ({ names: [name] }),
    ({ names }: Second) => ({ names: names.map((text) => ({ text, language: null })) }),
  ],
});
const present = { names: [{ text: 'Contoso', language: null }] };

describe('The versions of an event', () => {
  it('begin at 1 and go up with each upcast', () => {
    expect(schemas.versionOf('Renamed')).toBe(3);
    expect(schemas.versionOf('Enrolled')).toBe(1);
    expect(schemas.versionOf('constructor')).toBe(1);
  });

  it('are read one after the other up to the present one', () => {
    expect(schemas.upcast('Renamed', 1, { name: 'Contoso' })).toEqual(present);
    expect(schemas.upcast('Renamed', 2, { names: ['Contoso'] })).toEqual(present);
  });

  it('leave what is in the present shape as it is', () => {
    expect(schemas.upcast('Renamed', 3, present)).toBe(present);
    expect(schemas.upcast('Enrolled', 1, present)).toBe(present);
  });

  it.each([4, 0, 1.5, undefined])('refuse to read version %s, naming type and version', (version) => {
    const reading = () => schemas.upcast('Renamed', version as number, present);
    expect(reading).toThrow(UnknownSchemaVersion);
    expect(reading).toThrow(`Renamed is recorded in schema version ${version}, and this release knows versions 1 to 3`);
  });

  it('refuse to read a type that this release does not know, as after going back to an older one', () => {
    const known = new EventSchemas({}, ['Enrolled']);
    expect(known.upcast('Enrolled', 1, present)).toBe(present);
    expect(() => known.upcast('Merged', 1, present)).toThrow(
      'Merged is recorded in schema version 1, and this release',
    );
  });
});
