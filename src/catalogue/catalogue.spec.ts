import { CATALOGUE } from './catalogue.js';
import { expectCommitted, expectNothingElse } from './committed.fixture.js';
import { eventSchema, metadataSchema } from './event-schemas.fixture.js';
import { METADATA, schemaFile, versionsOf } from './event-versions.fixture.js';
import { eventsPage } from './events-page.fixture.js';
import { isCode, sources } from './sources.fixture.js';

const versions = CATALOGUE.flatMap((event) => versionsOf(event).map((version) => ({ event, version })));
const DECLARED = /type (\w+) = DomainEvent</g;

describe('The catalogue of events', () => {
  it('holds every event type that the code declares, and no other', () => {
    const code = sources(['src', 'projections'], (path) => isCode(path) && !path.endsWith('.upcasters.ts'));
    const declared = code.flatMap(({ text }) => [...text.matchAll(DECLARED)].map(([, type]) => type));
    expect(CATALOGUE.map(({ type }) => type).sort()).toEqual(declared.sort());
  });

  it('stands in docs/events.md; `npm run docs` rewrites it', () =>
    expectCommitted('docs/events.md', eventsPage(CATALOGUE)));
});

describe('The schemas in docs/schemas; `npm run docs` rewrites them', () => {
  it.each(versions.map(({ event, version }) => [schemaFile(event, version), event, version] as const))(
    'describe %s',
    (file, event, version) =>
      expectCommitted(`docs/schemas/${file}`, JSON.stringify(eventSchema(event, version), null, 2)),
  );

  it('describe the metadata', () =>
    expectCommitted(`docs/schemas/${METADATA}`, JSON.stringify(metadataSchema(), null, 2)));

  it('describe nothing else', () =>
    expectNothingElse('docs/schemas', [METADATA, ...versions.map(({ event, version }) => schemaFile(event, version))]));
});
