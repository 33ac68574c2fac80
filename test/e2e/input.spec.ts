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

  it('that is missing is named as such, and not as an invitation’s link', async () => {
    const answer = await stage.partner.post('/v1/partners/contoso/enrol', { kind: 'indirect-reseller' });
    expect(answer.body.errors).toEqual([{ pointer: '/name', rule: expect.any(String), detail: expect.any(String) }]);
    const invited = await stage.partner.post(INVITATIONS, { ...anInvitation(), contact: { email: 'a@b.example' } });
    expect(invited.body.errors[0]).toMatchObject({ pointer: '/contact/name' });
    expect(invited.body.errors[0].detail).not.toContain('link');
  });

  it('in the address is refused where a route knows none, so that nobody takes today for another day', async () => {
    for (const path of ['/v1/partners/contoso/providers', `${INVITATIONS}/0e6f2b5a-0000-4000-8000-000000000001`]) {
      const answer = await stage.partner.get(`${path}?asOf=2026-01-01`);
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/asOf']);
    }
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

describe('What would be kept for ever is looked at before it is', () => {
  const refused = async (body: object) => {
    const before = await stage.eventCount();
    const answer = await stage.partner.post(INVITATIONS, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation-failed']);
    expect(await stage.eventCount()).toBe(before);
    return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
  };

  it('null is none of the values that may be left out: privileges asked for are true or false (D3, D4)', async () => {
    const nothing = { privileges: null, validForDays: null, locale: null, done: null, providerId: null };
    expect(await refused({ ...anInvitation(), ...nothing })).toEqual(
      ['/done', '/locale', '/privileges', '/providerId', '/validForDays'].sort(),
    );
  });

  it.each([
    ['half a character', 'Ana \ud800'],
    ['blanks alone', ' \u3000 '],
    ['a line break, which would begin another line of the mail', 'Ana\nBcc: all@fabrikam.example'],
    ['a control character', 'Ana\u0000'],
  ])('a name is not %s (C9)', async (_, name) => {
    expect(await refused({ ...anInvitation(), contact: { name, email: 'a@b.example' } })).toEqual(['/contact/name']);
  });

  it('a name of any script is taken as it is (C9)', async () => {
    const name = '李明 · नेहा \u{1F469}\u200D\u{1F4BB} Ω';
    const answer = await stage.partner.post(INVITATIONS, {
      ...anInvitation(),
      contact: { name, email: 'li@b.example' },
    });
    expect([answer.status, answer.body.invitation.contact.name]).toEqual([201, name]);
    expect(answer.body.draft.text).toContain(name);
  });

  it('a number of days that is none is told to be one (D4)', async () => {
    const answer = await stage.partner.post(INVITATIONS, { ...anInvitation(), validForDays: '7' });
    expect(answer.body.errors).toMatchObject([{ pointer: '/validForDays', rule: 'isInt' }]);
  });
});
