import type { Stage } from './stage.fixture.js';
import { CONTACT_NAME, CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
let position: string;
const ids: Record<string, string> = {};
const LIST = '/v1/partners/contoso/invitations';

const draft = async () => {
  const { body } = await stage.partner.post(LIST, anInvitation());
  return body.invitation.invitationId as string;
};
const answered = async (customerId: string, how: 'accept' | 'decline', body: object) => {
  const { invitationId, path, secret } = await stage.invite();
  const customer = stage.with(await stage.customerToken(customerId));
  position = (await customer.post(`${path}/${how}`, { secret, ...body })).body.position;
  return invitationId;
};

beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  ids['expired'] = (await stage.inviteInThePast()).invitationId;
  ids['drafted'] = await draft();
  ids['sent'] = (await stage.invite()).invitationId;
  ids['cancelled'] = (await stage.invite()).invitationId;
  await stage.partner.post(`${LIST}/${ids['cancelled']}/cancel`);
  ids['accepted'] = await answered('fabrikam', 'accept', { customer: CUSTOMER, privileges: 'grant' });
  ids['declined'] = await answered('tailspin', 'decline', { reason: 'Ana Souza says no' });
});
afterAll(() => stage.close());

const listed = async (query: string) =>
  (await stage.partner.get(`${LIST}?${query}&minPosition=${position}`)).body.items;
const idsOf = (items: readonly { invitationId: string }[]) => items.map(({ invitationId }) => invitationId);

describe('A partner’s invitations', () => {
  it.each(['drafted', 'sent', 'expired', 'accepted', 'declined', 'cancelled'])(
    'are listed that are %s (D4)',
    async (status) => {
      const items = await listed(`status=${status}`);
      expect(items).toMatchObject([
        { invitationId: ids[status], status, requestedBy: 'contoso', origin: 'own-marketing' },
      ]);
    },
  );

  it('are listed that can still be accepted, drafts last, when no status is asked for (D4)', async () => {
    for (const query of ['status=open', '']) expect(idsOf(await listed(query))).toEqual([ids['sent'], ids['drafted']]);
  });

  it('say when they were sent and by whom they were answered', async () => {
    const [accepted] = await listed('status=accepted');
    expect(accepted).toMatchObject({ customerId: 'fabrikam', parties: [{ partnerId: 'contoso', role: 'reseller' }] });
    expect(accepted.closedAt >= accepted.sentAt && accepted.sentAt >= accepted.draftedAt).toBe(true);
  });

  it('hold nothing personal, nor does the read model', async () => {
    const all = await Promise.all(['open', 'accepted', 'declined'].map((status) => listed(`status=${status}`)));
    for (const text of [JSON.stringify(all), await stage.wholeRedis()])
      for (const personal of [CONTACT_NAME, 'ana.souza', 'says no']) expect(text).not.toContain(personal);
  });

  it('come in pages (D4)', async () => {
    const first = (await stage.partner.get(`${LIST}?limit=1`)).body;
    const second = (await stage.partner.get(`${LIST}?limit=1&cursor=${first.next}`)).body;
    expect(idsOf([...first.items, ...second.items])).toEqual([ids['sent'], ids['drafted']]);
    expect(second.next).toBeNull();
  });

  it('are another’s secret, and are asked for by a status there is', async () => {
    expect((await stage.partner.get('/v1/partners/tailspin/invitations')).status).toBe(404);
    expect((await stage.customer.get(LIST)).status).toBe(403);
    const { status, body } = await stage.partner.get(`${LIST}?status=lost`);
    expect([status, body.errors[0].pointer]).toEqual([400, '/status']);
  });
});
