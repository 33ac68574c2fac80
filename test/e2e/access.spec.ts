import { generateKeyPair } from 'jose';
import type { Stage } from './stage.fixture.js';
import { ENROLMENT, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const ENROL = '/v1/partners/contoso/enrol';

describe('A call', () => {
  it.each([
    ['no token', async () => ''],
    ['a token that is none', async () => 'not.a.token'],
    ['a token for another audience', () => stage.token({ aud: 'another' })],
    ['a token of another issuer', () => stage.token({ iss: 'another' })],
    ['a token that has expired', () => stage.token({ exp: Math.floor(Date.now() / 1_000) - 60 })],
    ['a token without an expiry', () => stage.token({ exp: undefined })],
    ['a token signed with another key', async () => stage.token({}, (await generateKeyPair('EdDSA')).privateKey)],
    ['a token of an unknown role', () => stage.token({ role: 'root' })],
    ['a token of a person named by an address', () => stage.token({ sub: 'alice@contoso.example' })],
  ])('with %s is refused with 401, and nothing else is said', async (_, make) => {
    const answer = await stage.with(await make()).post(ENROL, ENROLMENT);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.body).toMatchObject({ code: 'token-required', status: 401 });
  });

  it('by a partner’s other roles is refused (R1)', async () => {
    const helpdesk = stage.with(await stage.token({ role: 'partner-helpdesk-agent' }));
    const answer = await helpdesk.post(ENROL, ENROLMENT);
    expect([answer.status, answer.body.code, answer.body.rule]).toEqual([403, 'role-not-permitted', 'R1']);
  });

  it('by a customer’s other roles is refused, to read as to act: its global admin answers for it (D3)', async () => {
    const user = stage.with(await stage.token({ role: 'customer-user', customer_id: 'fabrikam' }));
    const view = '/v1/invitations/0e6f2b5a-0000-4000-8000-000000000001/view';
    for (const answer of [
      await user.get('/v1/customers/fabrikam/partners'),
      await user.get('/v1/customers/fabrikam/audit'),
      await user.post(view, { secret: 'x' }),
      await user.post('/v1/customers/fabrikam/partners/contoso/privileges/revocation'),
    ])
      expect([answer.status, answer.body.code]).toEqual([403, 'role-not-permitted']);
  });

  it('for another partner finds nothing there', async () => {
    for (const path of [
      '/v1/partners/tailspin/customers',
      '/v1/partners/tailspin/audit',
      '/v1/partners/tailspin/residual-privileges',
    ])
      expect((await stage.partner.get(path)).status).toBe(404);
    expect((await stage.partner.post('/v1/partners/tailspin/enrol', ENROLMENT)).status).toBe(404);
  });

  it('for another customer finds nothing there', async () => {
    expect((await stage.customer.get('/v1/customers/tailspin/audit')).status).toBe(404);
    const revocation = '/v1/customers/tailspin/partners/contoso/privileges/revocation';
    expect((await stage.customer.post(revocation)).status).toBe(404);
  });

  it('by an auditor reads, and decides nothing', async () => {
    expect((await stage.auditor.get('/v1/audit')).status).toBe(200);
    const answer = await stage.auditor.post(ENROL, ENROLMENT);
    expect([answer.status, answer.body.code]).toEqual([403, 'caller-not-permitted']);
  });

  it('by a service names the person it acts for, and the audit trail shows both (R1)', async () => {
    const path = '/v1/partners/northwind/enrol';
    expect((await stage.service.post(path, ENROLMENT)).body.code).toBe('acting-for-required');
    const wrongRole = { 'acting-for': 'zoe', 'acting-role': 'helpdesk-agent' };
    expect((await stage.service.post(path, ENROLMENT, wrongRole)).body.code).toBe('role-not-permitted');
    const done = await stage.service.post(path, ENROLMENT, { 'acting-for': 'zoe', 'acting-role': 'admin-agent' });
    expect(done.status).toBe(201);
    const trail = await stage.auditor.get(`/v1/partners/northwind/audit?minPosition=${done.body.position}`);
    expect(trail.body.items[0].actor).toMatchObject({ subject: 'zoe', role: 'admin-agent', through: 'billing' });
  });

  it('to a path that does not exist is answered as a problem', async () => {
    const answer = await stage.partner.get('/v1/nowhere');
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  });
});
