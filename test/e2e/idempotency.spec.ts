import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const INVITATIONS = '/v1/partners/contoso/invitations';
const key = (name: string) => ({ 'idempotency-key': name });

describe('A command repeated with its Idempotency-Key (D7)', () => {
  it('gives the same answer and appends nothing', async () => {
    const asked = anInvitation();
    const first = await stage.partner.post(INVITATIONS, asked, key('same'));
    const before = await stage.eventCount();
    const again = await stage.partner.post(INVITATIONS, asked, key('same'));
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await stage.eventCount()).toBe(before);
  });

  it('gives the first answer though the invitation has moved on since', async () => {
    const asked = anInvitation();
    const first = await stage.partner.post(INVITATIONS, asked, key('moved-on'));
    const { invitationId } = first.body.invitation;
    await stage.partner.post(`${INVITATIONS}/${invitationId}/done`);
    const again = await stage.partner.post(INVITATIONS, asked, key('moved-on'));
    expect(again.body).toEqual(first.body);
  });

  it('gives one answer to many at once', async () => {
    const asked = anInvitation();
    const before = await stage.eventCount();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stage.partner.post(INVITATIONS, asked, key('many'))),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await stage.eventCount()).toBe(before + 2);
  });

  it('is refused when it comes with another body', async () => {
    const asked = anInvitation();
    await stage.partner.post(INVITATIONS, asked, key('other'));
    const answer = await stage.partner.post(INVITATIONS, { ...asked, validForDays: 7 }, key('other'));
    expect([answer.status, answer.body.code, answer.body.pointer]).toEqual([
      422,
      'idempotency-key-reused',
      'Idempotency-Key',
    ]);
  });

  it('belongs to its caller: another person’s same key is another command', async () => {
    const zoe = stage.with(await stage.token({ sub: 'zoe' }));
    const one = await stage.partner.post(INVITATIONS, anInvitation(), key('shared'));
    const other = await zoe.post(INVITATIONS, anInvitation(), key('shared'));
    expect(other.body.invitation.invitationId).not.toBe(one.body.invitation.invitationId);
  });

  it('gives an acceptance’s first answer again; another key is a clear conflict', async () => {
    const { path, secret } = await stage.invite();
    const body = { secret, customer: CUSTOMER, privileges: 'grant' };
    const first = await stage.customer.post(`${path}/accept`, body, key('accept'));
    const again = await stage.customer.post(`${path}/accept`, body, key('accept'));
    expect(again.body).toEqual(first.body);
    const other = await stage.customer.post(`${path}/accept`, body, key('another'));
    expect([other.status, other.body.code, other.body.state]).toEqual([409, 'invitation-accepted', 'accepted']);
  });
});

describe('If-Match', () => {
  it('lets a command through on the revision it names, and on no other', async () => {
    const asked = anInvitation();
    const { body, headers } = await stage.partner.post(INVITATIONS, asked);
    const path = `${INVITATIONS}/${body.invitation.invitationId}/draft`;
    const edit = { subject: 'New', text: `Hello ${body.draft.link}` };
    const stale = await stage.partner.put(path, edit, { 'if-match': '"9"' });
    expect([stale.status, stale.body.code, stale.body.state]).toEqual([412, 'revision-mismatch', '0']);
    const fresh = await stage.partner.put(path, edit, { 'if-match': headers.get('etag') ?? '' });
    expect([fresh.status, fresh.body.revision, fresh.headers.get('etag')]).toEqual([200, '1', '"1"']);
  });
});
