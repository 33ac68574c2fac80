import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { renderBanner, storyScript } from '../../src/banner.js';
import { STORY } from '../../src/story/story.js';
import type { Stage } from './stage.fixture.js';
import { openStage } from './stage.fixture.js';

const TOKENS = { partner: 'p.a.t', customer: 'c.u.s', auditor: 'a.u.d', service: 's.e.r' };

describe('The banner', () => {
  it('says where the service is, with a token for each persona and every step of the story', () => {
    const banner = renderBanner({ url: 'http://127.0.0.1:3000', tokens: TOKENS });
    for (const part of ['http://127.0.0.1:3000/docs', 'http://127.0.0.1:3000/health/ready', ...Object.values(TOKENS)])
      expect(banner).toContain(part);
    expect(banner.match(/curl /g)).toHaveLength(STORY.length);
  });

  it('shows no tokens where an identity provider issues them', () => {
    expect(renderBanner({ url: 'http://127.0.0.1:3000', tokens: null })).not.toContain('_TOKEN');
  });
});

describe('The story in the banner', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const tokens = async () => ({
    partner: await stage.token(),
    customer: await stage.customerToken('fabrikam'),
    auditor: await stage.token({ role: 'auditor', partner_id: undefined }),
    service: await stage.token({ role: 'service', partner_id: undefined }),
  });

  const paste = async () => {
    const script = storyScript(stage.url, await tokens());
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script]);
    expect(stderr).toBe('');
    return stdout;
  };

  it.each(['pasted into a shell', 'pasted again'])('%s goes as told (R14, R24, R25)', async () => {
    const told = await paste();
    const answers = told.split(/\n\d\. .*\n/).slice(1);
    expect(answers).toHaveLength(STORY.length);
    const [, , accepted, listed, , removed, left, audited, residual] = answers.map((text) => JSON.parse(text));
    expect(accepted.relationships).toBe('established');
    expect(listed.items).toMatchObject([{ customerId: 'fabrikam' }]);
    expect(removed.privileges.status).toBe('in-force');
    expect(left.items).toEqual([]);
    expect(audited.items.at(-1).note).toContain('Delegated admin privileges persist');
    expect(residual.items).toMatchObject([{ customerId: 'fabrikam' }]);
  });
});
