import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const INVITATIONS = '/v1/partners/contoso/invitations';

describe('An open invitation (D5)', () => {
  it('stands in the way of a second one to the same contact, which is told its id', async () => {
    const asked = anInvitation();
    const { invitationId } = await stage.invite(asked);
    const shouted = { ...asked, contact: { ...asked.contact, email: asked.contact.email.toUpperCase() } };
    const answer = await stage.partner.post(INVITATIONS, shouted);
    expect([answer.status, answer.body.code, answer.body.state]).toEqual([409, 'invitation-open', 'sent']);
    expect(answer.body.detail).toContain(invitationId);
  });

  it('is one, however many ask for it at the same time (D5)', async () => {
    const asked = anInvitation();
    const answers = await Promise.all(Array.from({ length: 50 }, () => stage.partner.post(INVITATIONS, asked)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['invitation-open']));
  });

  it('stands in nobody’s way once it is cancelled or declined (D4, D5)', async () => {
    const asked = anInvitation();
    const cancelled = await stage.invite(asked);
    await stage.partner.post(`${INVITATIONS}/${cancelled.invitationId}/cancel`);
    const declined = await stage.invite(asked);
    await stage.customer.post(`${declined.path}/decline`, { secret: declined.secret, reason: 'Not now' });
    expect((await stage.partner.post(INVITATIONS, asked)).status).toBe(201);
  });

  it('that has expired gives way, and that is noted in its history (D4, D5)', async () => {
    const asked = anInvitation();
    const expired = await stage.inviteInThePast(asked);
    await stage.reserve(asked.contact.email, expired.invitationId);
    expect((await stage.partner.post(INVITATIONS, asked)).status).toBe(201);
    const types = (await stage.stream(`invitation-${expired.invitationId}`)).map(({ type }) => type);
    expect(types).toEqual(['InvitationDrafted', 'InvitationSent', 'InvitationExpired']);
  });

  it('that was accepted stands in the way as long as its relationship does (D5)', async () => {
    const asked = anInvitation();
    const { path, secret } = await stage.invite(asked);
    await stage.customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'grant' });
    const answer = await stage.partner.post(INVITATIONS, asked);
    expect([answer.status, answer.body.code]).toEqual([409, 'relationship-exists']);
  });

  it('whose own request never got further than its place gives way, and can never be completed (D5)', async () => {
    const asked = anInvitation();
    const lost = '0e6f2b5a-0000-4000-8000-00000000dead';
    await stage.reserve(asked.contact.email, lost);
    expect((await stage.partner.post(INVITATIONS, asked)).status).toBe(201);
    const types = (await stage.stream(`invitation-${lost}`)).map(({ type }) => type);
    expect(types).toEqual(['InvitationAbandoned']);
  });

  it('that is accepted together with one to another contact of the customer: one of them is refused (D5)', async () => {
    const customer = stage.with(
      await stage.token({ sub: 'ira', role: 'customer-global-admin', customer_id: 'ira-corp' }),
    );
    const invited = [await stage.invite(anInvitation()), await stage.invite(anInvitation())];
    const answers = await Promise.all(
      invited.map(({ path, secret }) =>
        customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'grant' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'relationship-exists',
      rule: 'D5',
    });
  });
});

describe('A re-issued link (D4)', () => {
  it('is new, and the old one dies', async () => {
    const { invitationId, path, secret, link } = await stage.invite();
    const { body } = await stage.partner.post(`${INVITATIONS}/${invitationId}/reissue`);
    expect(body.decided).toEqual(['InvitationLinkReissued']);
    expect(body.draft.link).not.toBe(link);
    const acceptance = { customer: CUSTOMER, privileges: 'grant' };
    const customer = stage.with(await stage.customerToken('reissued'));
    const old = await customer.post(`${path}/accept`, { ...acceptance, secret });
    expect([old.status, old.body.code]).toEqual([404, 'invitation-not-found']);
    const fresh = await customer.post(`${path}/accept`, { ...acceptance, secret: body.draft.link.split('#')[1] });
    expect(fresh.status).toBe(200);
  });

  it('is not for an invitation that is over (D4)', async () => {
    const { invitationId } = await stage.invite();
    await stage.partner.post(`${INVITATIONS}/${invitationId}/cancel`);
    const answer = await stage.partner.post(`${INVITATIONS}/${invitationId}/reissue`);
    expect([answer.status, answer.body.code]).toEqual([409, 'invitation-cancelled']);
  });
});
