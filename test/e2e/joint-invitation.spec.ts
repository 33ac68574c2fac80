import type { Api } from '../support/api.js';
import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
let provider: Api;
beforeAll(async () => {
  stage = await openStage();
  provider = stage.with(await stage.token({ sub: 'pat', partner_id: 'northwind' }));
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  await provider.post('/v1/partners/northwind/enrol', { name: 'Northwind', kind: 'indirect-provider' });
});
afterAll(() => stage.close());

const INVITATIONS = '/v1/partners/contoso/invitations';
const joint = () => ({ ...anInvitation(), providerId: 'northwind' });
const acceptance = (secret: string, changes: object = {}) => ({
  ...{ secret, customer: CUSTOMER, privileges: 'grant' },
  ...changes,
});
const removal = async () => ({
  reason: 'Over',
  attestation: (await stage.partner.get('/v1/attestations/current')).body,
  notice: { required: false, to: null, given: false },
});
const typesOf = async (stream: string) => (await stage.stream(stream).catch(() => [])).map(({ type }) => type);

describe('A joint invitation', () => {
  it('is for a provider that the reseller is connected to (C18)', async () => {
    const answer = await stage.partner.post(INVITATIONS, joint());
    expect(answer.body).toMatchObject({ status: 409, code: 'provider-not-connected', rule: 'C18' });
    expect((await stage.partner.post('/v1/partners/contoso/providers/northwind/connect')).status).toBe(200);
  });

  it('names both partners in its draft, and its link is personal to both (C18, R21)', async () => {
    const { body } = await stage.partner.post(INVITATIONS, joint());
    expect(body.invitation.partnerIds).toEqual(['contoso', 'northwind']);
    for (const name of [ENROLMENT.name, 'Northwind']) expect(body.draft.text).toContain(name);
    const without = { subject: 'Hi', text: 'No link' };
    const edited = await stage.partner.put(`${INVITATIONS}/${body.invitation.invitationId}/draft`, without);
    expect(edited.body.code).toBe('draft-without-link');
  });

  it('records where the customer came from, the provider among the origins (R16)', async () => {
    const { body } = await stage.partner.post(INVITATIONS, { ...joint(), origin: 'indirect-provider' });
    expect(body.invitation.origin).toBe('indirect-provider');
  });

  it('is seen by the provider, and changed by the reseller alone (C18)', async () => {
    const { invitationId } = await stage.invite(joint());
    const path = `/v1/partners/northwind/invitations/${invitationId}`;
    expect((await provider.get(path)).body.invitation.invitationId).toBe(invitationId);
    expect((await provider.post(`${path}/cancel`)).body).toMatchObject({ status: 403, code: 'not-your-invitation' });
  });

  it('accepted for both, establishes both from one event; only the reseller gets privileges (D1, R3, R20, R22)', async () => {
    const { path, secret } = await stage.invite(joint());
    const { body } = await stage.customer.post(`${path}/accept`, acceptance(secret));
    expect(body.outcomes).toEqual([
      { partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'granted' },
      { partnerId: 'northwind', role: 'provider', authorised: true, privileges: 'not-requested' },
    ]);
    for (const partnerId of ['contoso', 'northwind'])
      expect(await typesOf(`relationship-${partnerId}~fabrikam`)).toEqual(['RelationshipEstablished']);
    expect(await typesOf('privileges-northwind~fabrikam')).toEqual([]);
    const record = await provider.get(`/v1/partners/northwind/customers/fabrikam?minPosition=${body.position}`);
    expect(record.body.manages.users.allowed).toBe(false);
  });

  it('leaves the provider’s relationship in place when the reseller removes its own, and the other way round (D2)', async () => {
    await stage.partner.post('/v1/partners/contoso/customers/fabrikam/removal', await removal());
    expect(await typesOf('relationship-northwind~fabrikam')).toEqual(['RelationshipEstablished']);
    const list = await provider.get('/v1/partners/northwind/customers');
    expect(list.body.items.map(({ customerId }: { customerId: string }) => customerId)).toEqual(['fabrikam']);
  });

  it('accepted for one of them, establishes that one alone (D1)', async () => {
    const { path, secret } = await stage.invite(joint());
    const adatum = stage.with(await stage.customerToken('adatum'));
    const { body } = await adatum.post(`${path}/accept`, acceptance(secret, { authorise: ['contoso'] }));
    expect(body.outcomes[1]).toMatchObject({ partnerId: 'northwind', authorised: false });
    expect(await typesOf('relationship-contoso~adatum')).toEqual(['RelationshipEstablished']);
    expect(await typesOf('relationship-northwind~adatum')).toEqual([]);
  });

  it('cannot be accepted for nobody, or for somebody it does not name (D1)', async () => {
    const { path, secret } = await stage.invite(joint());
    for (const authorise of [[], ['tailspin']]) {
      const answer = await stage.customer.post(`${path}/accept`, acceptance(secret, { authorise }));
      expect(answer.body).toMatchObject({ status: 422, code: 'not-a-party', rule: 'D1', pointer: '/authorise' });
    }
  });

  it('is authorised for the other one where a relationship with one stands already (D5)', async () => {
    const { path, secret } = await stage.invite(joint());
    const both = await stage.customer.post(`${path}/accept`, acceptance(secret));
    expect(both.body).toMatchObject({ status: 409, code: 'relationship-exists' });
    expect(both.body.detail).toContain('northwind');
    const one = await stage.customer.post(`${path}/accept`, acceptance(secret, { authorise: ['contoso'] }));
    expect(one.status).toBe(200);
  });

  it('gives its first answer again though the partners are no longer connected (D7)', async () => {
    const asked = joint();
    const key = { 'idempotency-key': 'before-it-was-disconnected' };
    const first = await stage.partner.post(INVITATIONS, asked, key);
    expect(first.status).toBe(201);
    expect((await stage.partner.post('/v1/partners/contoso/providers/northwind/disconnect')).status).toBe(200);
    const again = await stage.partner.post(INVITATIONS, asked, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await stage.partner.post(INVITATIONS, joint())).body.code).toBe('provider-not-connected');
  });
});
