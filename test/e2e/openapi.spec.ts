import { readFile, writeFile } from 'node:fs/promises';
import type { Stage } from './stage.fixture.js';
import { openStage } from './stage.fixture.js';

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema?: object; examples?: object }> }>>;
}

type Schemas = Record<
  string,
  { properties?: Record<string, { type?: string; enum?: readonly string[]; example?: unknown }> }
>;

/** Every route of the API proper, as committed, by its method and path. */
const operations = async (): Promise<[string, Operation][]> => {
  const { paths } = JSON.parse(await readFile(COMMITTED, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]): [string, Operation][] =>
      path.startsWith('/v1/') ? [[`${method} ${path}`, operation]] : [],
    ),
  );
};

const COMMITTED = new URL('../../openapi.json', import.meta.url);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('The API’s description', () => {
  it('in openapi.json is what the service serves; npm run openapi writes it anew', async () => {
    const { body } = await stage.with('').get('/docs/openapi.json');
    if (process.env['UPDATE_OPENAPI']) await writeFile(COMMITTED, `${JSON.stringify(body, null, 1)}\n`);
    expect(body).toEqual(JSON.parse(await readFile(COMMITTED, 'utf8')));
  });

  it('says of every route what it does and what it answers', async () => {
    const wanting = (await operations()).filter(([, { summary, responses }]) => {
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      return !summary || !answers.some(([, { content = {} }]) => Object.values(content).some(({ schema }) => schema));
    });
    expect((await operations()).length).toBeGreaterThan(30);
    expect(wanting.map(([route]) => route)).toEqual([]);
  });

  it('says 201 of what comes into being, 202 of what follows by itself, 200 of everything else', async () => {
    const answering = async (status: string) =>
      (await operations()).flatMap(([route, { responses }]) => (status in responses ? [route] : []));
    const created = ['post /v1/partners/{partnerId}/enrol', 'post /v1/partners/{partnerId}/invitations'];
    expect(await answering('201')).toEqual(created);
    expect(await answering('202')).toEqual(['post /v1/invitations/{invitationId}/accept']);
    expect(await answering('200')).toHaveLength((await operations()).length - created.length);
  });

  it('requires no parameter that has a default', async () => {
    const required = (await operations()).flatMap(([, { parameters = [] }]) =>
      parameters.flatMap(({ in: place, name, required: must }) => (place === 'query' && must ? [name] : [])),
    );
    expect(required).toEqual(['from']);
  });

  it('shows an example of every text that a body holds', async () => {
    const { schemas } = (JSON.parse(await readFile(COMMITTED, 'utf8')) as { components: { schemas: Schemas } })
      .components;
    const bodies = Object.entries(schemas).filter(([name]) => /(Body|ExistingCustomerRow)$/.test(name));
    const bare = bodies.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([field, { type, enum: values, example }]) =>
        type === 'string' && !values && example === undefined ? [`${name}.${field}`] : [],
      ),
    );
    expect(bodies.length).toBeGreaterThan(12);
    expect(bare).toEqual([]);
  });

  it('shows by an example how each route refuses with 409, 412 and 422', async () => {
    const bare = (await operations()).flatMap(([route, { responses }]) =>
      ['409', '412', '422'].flatMap((status) => {
        const shown = responses[status]?.content?.['application/problem+json']?.examples;
        return responses[status] && Object.keys(shown ?? {}).length === 0 ? [`${route} ${status}`] : [];
      }),
    );
    expect(bare).toEqual([]);
  });

  it('has a page to read it at /docs', async () => {
    const page = await fetch(`${stage.url}/docs`);
    expect(await page.text()).toContain('/docs/swagger-ui.css');
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js'])
      expect((await fetch(`${stage.url}/docs/${file}`)).status).toBe(200);
  });
});
