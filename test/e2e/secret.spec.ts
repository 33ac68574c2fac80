import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ LOG_LEVEL: 'trace' });
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

describe('The secret of an invitation (D6)', () => {
  it('stands in no event, no Redis key or value, and no log line', async () => {
    const { path, secret, link, invitationId } = await stage.invite();
    const drafts = '/v1/partners/contoso/invitations';
    const { invitation, draft } = (await stage.partner.post(drafts, anInvitation())).body;
    const other = draft.link.split('#')[1];
    await stage.partner.put(`${drafts}/${invitation.invitationId}/draft`, { subject: draft.link, text: draft.text });
    for (const text of [`${draft.link}now`, `${draft.link} or ${other}`])
      await stage.partner.put(`${drafts}/${invitation.invitationId}/draft`, { subject: 'Hi', text });
    await stage.partner.put(`${drafts}/${invitation.invitationId}/draft`, {
      subject: 'Hi',
      text: `Open ${draft.link}`,
    });
    await stage.customer.post(`${path}/view`, { secret });
    await stage.customer.post(`${path}/accept`, {
      secret,
      customer: { ...CUSTOMER, domain: secret },
      privileges: 'grant',
    });
    await stage.customer.post(`${path}/decline`, { secret, reason: `see ${link}` });
    const accepted = await stage.customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'grant' });
    expect(accepted.status).toBe(200);
    await stage.auditor.get(`/v1/audit?minPosition=${accepted.body.position}`);

    const everything = {
      events: await stage.wholeLog(),
      redis: await stage.wholeRedis(),
      log: stage.serviceLog(),
    };
    expect(everything.events).toContain(invitationId);
    expect(everything.redis).toContain('fabrikam');
    for (const [place, text] of Object.entries(everything))
      for (const one of [secret, secret.split('.')[1] ?? '', other, other.split('.')[1]])
        expect([place, text.includes(one)]).toEqual([place, false]);
  });
});
