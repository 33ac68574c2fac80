import type { Stage } from './stage.fixture.js';
import { ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const INVITATIONS = '/v1/partners/contoso/invitations';

describe('Bad input', () => {
  it('is answered with every field and rule, and changes nothing', async () => {
    const before = await stage.eventCount();
    const answer = await stage.partner.post(INVITATIONS, {
      contact: { name: '', email: 'no' },
      validForDays: 91,
      more: 1,
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.code).toBe('validation-failed');
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/contact/email',
      '/contact/name',
      '/more',
      '/origin',
      '/validForDays',
    ]);
    expect(await stage.eventCount()).toBe(before);
  });

  it('that is no JSON is answered as such', async () => {
    const answer = await stage.partner.raw('POST', INVITATIONS, '{"contact":');
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
  });

  it('that is too large is answered as such', async () => {
    const answer = await stage.partner.raw('POST', INVITATIONS, JSON.stringify({ x: 'x'.repeat(300_000) }));
    expect([answer.status, answer.body.code]).toEqual([413, 'body-too-large']);
  });

  it('without an Idempotency-Key is refused, naming the header (D7)', async () => {
    const answer = await stage.partner.post(INVITATIONS, anInvitation(), { 'idempotency-key': '' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].pointer).toBe('Idempotency-Key');
  });

  it('in If-Match is refused, naming the header', async () => {
    const answer = await stage.partner.post(INVITATIONS, anInvitation(), { 'if-match': 'W/"x"' });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, 'If-Match']);
  });

  it('in an id that could reach another stream is refused', async () => {
    const answer = await stage.service.get('/v1/partners/a~b/customers');
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/partnerId']);
  });

  it('may not hold an invitation’s link where free text is kept (D6)', async () => {
    const { draft } = (await stage.partner.post(INVITATIONS, anInvitation())).body;
    const contact = { name: `see ${draft.link}`, email: 'a@b.example' };
    const answer = await stage.partner.post(INVITATIONS, { ...anInvitation(), contact });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/contact/name']);
  });
});
