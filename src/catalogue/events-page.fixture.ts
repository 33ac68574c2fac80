import type { CataloguedEvent } from './catalogue.js';
import type { Schema } from './event-schemas.fixture.js';
import { dataSchema } from './event-schemas.fixture.js';
import { METADATA, schemaFile, versionsOf } from './event-versions.fixture.js';

const INTRODUCTION = `# Events

Written by \`npm run docs\` from the types of the code and its catalogue; \`npm test\` fails when this page or a schema says
anything else.

Event types are a wire contract: past tense, plain data, never renamed. Each event carries
[metadata](schemas/${METADATA}): who acted, the command with a fingerprint of its request, correlation and causation,
and the version of its shape. A changed shape is a new version; older ones are brought up to date when they are read, and
one newer than this release is refused rather than misread. Personal data stands only in the fields marked so
(\`x-personal\` in the schemas), never in metadata or in the names of streams.
`;

interface Field {
  readonly path: string;
  readonly type: string;
  readonly personal: boolean;
  readonly description: string;
}

const typeOf = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' \\| ');
  return [schema.type ?? 'any'].flat().join(' \\| ');
};

const merged = (fields: readonly Field[]): Field[] => {
  const byPath = new Map<string, Field>();
  for (const field of fields) {
    const types = [byPath.get(field.path)?.type ?? field.type, field.type];
    byPath.set(field.path, { ...field, type: [...new Set(types)].join(' \\| ') });
  }
  return [...byPath.values()];
};

/** Every field that holds a value, whatever it is nested in. */
const fieldsOf = (schema: Schema, path = ''): Field[] => {
  if (schema.items) return fieldsOf(schema.items, `${path}[]`);
  if (schema.anyOf) return merged(schema.anyOf.flatMap((option) => fieldsOf(option, path)));
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      fieldsOf(inner, path ? `${path}.${name}` : name),
    );
  const description = (schema.description ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return [{ path, type: typeOf(schema), personal: schema['x-personal'] === true, description }];
};

const eventSection = (event: CataloguedEvent): string => {
  const links = versionsOf(event).map((version) => `[version ${version}](schemas/${schemaFile(event, version)})`);
  const rows = fieldsOf(dataSchema(event, event.version)).map(
    ({ path, type, personal, description }) => `| \`${path}\` | ${type} | ${personal ? 'yes' : ''} | ${description} |`,
  );
  const table = ['| Field | Type | Personal | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return [`### ${event.type}`, event.meaning, `Schema: ${links.join(', ')}.`, table].join('\n\n');
};

const row = ({ type, stream, version, personal }: CataloguedEvent): string => {
  const fields = personal.map((field) => `\`${field}\``).join(', ');
  return `| [${type}](#${type.toLowerCase()}) | ${version} | \`${stream}\` | ${fields} |`;
};

/** The page: a table of all events, then each with its fields, stream by stream. */
export const eventsPage = (catalogue: readonly CataloguedEvent[]): string => {
  const head = '| Event | Version | Stream | Personal fields |\n| --- | --: | --- | --- |';
  const table = [head, ...catalogue.map(row)].join('\n');
  const streams = [...new Set(catalogue.map(({ stream }) => stream))].map((stream) =>
    [`## \`${stream}\``, ...catalogue.filter((event) => event.stream === stream).map(eventSection)].join('\n\n'),
  );
  return [INTRODUCTION, table, ...streams].join('\n\n');
};
