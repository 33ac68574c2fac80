import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  const early = await stage.partner.post('/v1/partners/contoso/invitations', anInvitation());
  expect([early.status, early.body.code]).toEqual([409, 'partner-not-enrolled']);
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const INVITATIONS = '/v1/partners/contoso/invitations';
const acceptance = (secret: string) => ({ secret, customer: CUSTOMER, privileges: 'grant' });

describe('An invitation over HTTP', () => {
  it('is answered with a draft to copy or to open in a mail program (R8, C9, C10)', async () => {
    const { status, body } = await stage.partner.post(INVITATIONS, anInvitation());
    expect(status).toBe(201);
    expect(body.decided).toEqual(['InvitationDrafted']);
    expect(body.draft.subject).toContain(ENROLMENT.name);
    expect(body.draft.text).toContain(body.draft.link);
    expect(body.draft.mailto).toContain(encodeURIComponent(body.draft.link));
    const fragment = new URL(body.draft.link).hash.split('.')[1] ?? '';
    expect(Buffer.from(fragment, 'base64url')).toHaveLength(32);
  });

  it('shows the same link whenever its partner looks (D6)', async () => {
    const { body } = await stage.partner.post(INVITATIONS, anInvitation());
    const seen = await stage.partner.get(`${INVITATIONS}/${body.invitation.invitationId}`);
    expect(seen.body.draft).toEqual(body.draft);
  });

  it('may be edited as long as the link stays in the text (R11)', async () => {
    const { invitation, draft } = (await stage.partner.post(INVITATIONS, anInvitation())).body;
    const path = `${INVITATIONS}/${invitation.invitationId}/draft`;
    const without = await stage.partner.put(path, { subject: 'Hi', text: 'Please accept.' });
    expect(without.body).toMatchObject({ status: 422, code: 'draft-without-link', rule: 'R11', pointer: '/text' });
    const placeholder = await stage.partner.put(path, { subject: 'Hi', text: 'Please open {{invitation-link}}' });
    expect(placeholder.body.code).toBe('draft-without-link');
    const edited = await stage.partner.put(path, { subject: 'Hi', text: `Please open ${draft.link} soon.` });
    expect(edited.body.draft).toMatchObject({ subject: 'Hi', text: `Please open ${draft.link} soon.` });
  });

  it('may not hold another invitation’s link, which would keep its secret (R11, D6)', async () => {
    const [one, other] = await Promise.all([0, 1].map(() => stage.partner.post(INVITATIONS, anInvitation())));
    const path = `${INVITATIONS}/${one?.body.invitation.invitationId}/draft`;
    const text = `${one?.body.draft.link} and ${other?.body.draft.link}`;
    expect((await stage.partner.put(path, { subject: 'Hi', text })).body.code).toBe('draft-with-foreign-link');
  });

  it('is sent when the partner is done, or at once when it asks for no review (C12, R13)', async () => {
    const { invitation } = (await stage.partner.post(INVITATIONS, anInvitation())).body;
    const done = await stage.partner.post(`${INVITATIONS}/${invitation.invitationId}/done`);
    expect(done.body).toMatchObject({ decided: ['InvitationSent'], invitation: { status: 'sent' } });
    const atOnce = await stage.partner.post(INVITATIONS, { ...anInvitation(), done: true });
    expect(atOnce.body).toMatchObject({ decided: ['InvitationDrafted', 'InvitationSent'], revision: '1' });
  });

  it('is not accepted while it is a draft (C12)', async () => {
    const { invitation, draft } = (await stage.partner.post(INVITATIONS, anInvitation())).body;
    const path = `/v1/invitations/${invitation.invitationId}/accept`;
    const answer = await stage.customer.post(path, acceptance(draft.link.split('#')[1]));
    expect([answer.status, answer.body.code]).toEqual([409, 'invitation-drafted']);
  });

  it('shows the holder of its link who asks for what, and looking changes nothing (D6)', async () => {
    const { path, secret, link } = await stage.invite();
    const before = await stage.eventCount();
    const page = await fetch(link.split('#')[0] ?? '');
    expect(await page.text()).toContain('has changed nothing');
    const { body } = await stage.customer.post(`${path}/view`, { secret });
    expect(body).toMatchObject({
      status: 'sent',
      from: [{ partnerId: 'contoso', name: ENROLMENT.name }],
      privilegesRequested: true,
    });
    expect(await stage.eventCount()).toBe(before);
  });

  it('is declined with a reason, which its partner reads, and then no longer accepted (D4)', async () => {
    const { path, secret, invitationId } = await stage.invite();
    expect((await stage.customer.post(`${path}/decline`, { secret, reason: 'Not now' })).body.decided).toEqual([
      'InvitationDeclined',
    ]);
    expect((await stage.partner.get(`${INVITATIONS}/${invitationId}`)).body.invitation).toMatchObject({
      status: 'declined',
      declineReason: 'Not now',
    });
    expect((await stage.customer.post(`${path}/accept`, acceptance(secret))).body.code).toBe('invitation-declined');
  });

  it('is cancelled by its partner, and then no longer accepted (D4)', async () => {
    const { path, secret, invitationId } = await stage.invite();
    await stage.partner.post(`${INVITATIONS}/${invitationId}/cancel`);
    expect((await stage.customer.post(`${path}/accept`, acceptance(secret))).body.code).toBe('invitation-cancelled');
  });

  it('gives a used link’s holder a clear answer (D6)', async () => {
    const { path, secret } = await stage.invite();
    const other = stage.with(await stage.customerToken('adatum'));
    expect((await other.post(`${path}/accept`, acceptance(secret))).status).toBe(200);
    const answer = await stage.customer.post(`${path}/accept`, acceptance(secret));
    expect([answer.status, answer.body.code]).toEqual([409, 'invitation-accepted']);
    expect(JSON.stringify(answer.body)).not.toContain('adatum');
  });

  it('refuses an expired link though nobody wrote an InvitationExpired (D4)', async () => {
    const { path, secret } = await stage.inviteInThePast();
    const answer = await stage.customer.post(`${path}/accept`, acceptance(secret));
    expect([answer.status, answer.body.code, answer.body.state]).toEqual([409, 'invitation-expired', 'expired']);
  });

  it('answers a wrong link like an unknown invitation, whatever state it is in (D6)', async () => {
    const wrong = acceptance(`test.${'x'.repeat(43)}`);
    const { path } = await stage.invite();
    const unknown = await stage.customer.post('/v1/invitations/0e6f2b5a-0000-4000-8000-000000000001/accept', wrong);
    const genuine = await stage.customer.post(`${path}/accept`, wrong);
    const plain = ({ status, body }: typeof unknown) => ({ status, ...body, correlationId: null });
    expect(plain(genuine)).toEqual(plain(unknown));
    expect(genuine.status).toBe(404);
  });

  it('is accepted exactly once by a hundred at the same time (D6)', async () => {
    const { path, secret } = await stage.invite();
    const tokens = await Promise.all(Array.from({ length: 100 }, (_, n) => stage.customerToken(`racer-${n}`)));
    const answers = await Promise.all(
      tokens.map((token) => stage.with(token).post(`${path}/accept`, acceptance(secret))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['invitation-accepted']));
    const invitation = await stage.stream(`invitation-${path.split('/').at(-1)}`);
    expect(invitation.filter(({ type }) => type === 'InvitationAccepted')).toHaveLength(1);
  });

  it('is not accepted by a customer whose relationship stands already (D5)', async () => {
    const token = await stage.customerToken('standing');
    const [first, second] = [await stage.invite(), await stage.invite()];
    expect((await stage.with(token).post(`${first.path}/accept`, acceptance(first.secret))).status).toBe(200);
    const answer = await stage.with(token).post(`${second.path}/accept`, acceptance(second.secret));
    expect([answer.status, answer.body.code]).toEqual([409, 'relationship-exists']);
  });
});
