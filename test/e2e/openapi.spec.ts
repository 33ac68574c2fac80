import { readFile, writeFile } from 'node:fs/promises';
import type { Stage } from './stage.fixture.js';
import { openStage } from './stage.fixture.js';

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

  it('has a page to read it at /docs', async () => {
    const page = await fetch(`${stage.url}/docs`);
    expect(await page.text()).toContain('/docs/swagger-ui.css');
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js'])
      expect((await fetch(`${stage.url}/docs/${file}`)).status).toBe(200);
  });
});
