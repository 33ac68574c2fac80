import { createGenerator } from 'ts-json-schema-generator';
import type { CataloguedEvent } from './catalogue.js';
import { ROOT } from './committed.fixture.js';
import { METADATA, schemaFile } from './event-versions.fixture.js';
import { isCode, sources } from './sources.fixture.js';

/** As much of a JSON Schema as the generator makes of the events' types. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly 'x-personal'?: true;
}

/** Whatever else a file holds, it is found by the events that it declares. */
const declaring = sources(['src'], isCode).filter(({ text }) => text.includes(' = DomainEvent<'));

const generator = createGenerator({
  path: `${ROOT}{${declaring.map(({ path }) => path).join()}}`,
  tsconfig: `${ROOT}tsconfig.json`,
  skipTypeCheck: true,
  expose: 'none',
  topRef: false,
  jsDoc: 'extended',
});

const generated = (typeName: string): Schema => {
  const { $schema, definitions, ...schema } = generator.createSchema(typeName);
  return schema as Schema;
};

/** The schema with the field at this path marked; null when there is no such field in it. */
const marked = (schema: Schema, [field, ...rest]: readonly string[]): Schema | null => {
  if (field === undefined) return { ...schema, 'x-personal': true };
  if (schema.items) return withItems(schema, marked(schema.items, [field, ...rest]));
  if (schema.anyOf) return withAnyOf(schema, schema.anyOf, [field, ...rest]);
  const inner = schema.properties?.[field];
  const property = inner && marked(inner, rest);
  return property ? { ...schema, properties: { ...schema.properties, [field]: property } } : null;
};

const withItems = (schema: Schema, items: Schema | null): Schema | null => items && { ...schema, items };

const withAnyOf = (schema: Schema, anyOf: readonly Schema[], path: readonly string[]): Schema | null => {
  const options = anyOf.map((option) => marked(option, path));
  if (options.every((option) => option === null)) return null;
  return { ...schema, anyOf: options.map((option, at) => option ?? (anyOf[at] as Schema)) };
};

const withPersonal = (data: Schema, { type, personal, version }: CataloguedEvent, of: number): Schema =>
  personal.reduce((schema, path) => {
    const found = marked(schema, path.split('.'));
    if (!found && of === version) throw new Error(`${type} has no field ${path}, which is declared as personal.`);
    return found ?? schema;
  }, data);

/** The data of one version of an event. An older one's type is called as the event, with V and its number. */
export const dataSchema = (event: CataloguedEvent, version: number): Schema => {
  const typeName = version === event.version ? event.type : `${event.type}V${version}`;
  return withPersonal(generated(typeName).properties?.['data'] as Schema, event, version);
};

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** An event of one version as it lies in the log: type, data and metadata. */
export const eventSchema = (event: CataloguedEvent, version: number): object => ({
  $schema: DRAFT,
  $id: schemaFile(event, version),
  title: `${event.type}, version ${version}`,
  description: event.meaning,
  type: 'object',
  properties: {
    type: { const: event.type },
    data: dataSchema(event, version),
    metadata: { allOf: [{ $ref: METADATA }, { type: 'object', properties: { schemaVersion: { const: version } } }] },
  },
  required: ['type', 'data', 'metadata'],
});

/** What every event's metadata says. */
export const metadataSchema = (): object => ({
  $schema: DRAFT,
  $id: METADATA,
  title: 'Metadata of every event',
  ...generated('EventMetadata'),
});
