import type { Api } from '../support/api.js';
import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
let provider: Api;
beforeAll(async () => {
  stage = await openStage();
  provider = stage.with(await stage.token({ sub: 'paula', partner_id: 'tailspin' }));
});
afterAll(() => stage.close());

const CONTOSO = '/v1/partners/contoso';
const CONNECT = `${CONTOSO}/providers/tailspin/connect`;
const DISCONNECT = `${CONTOSO}/providers/tailspin/disconnect`;
const PROVIDER = { name: 'Tailspin Distribution', kind: 'indirect-provider' };
const customersOf = async (api: Api, partnerId: string, position: string) =>
  (await api.get(`/v1/partners/${partnerId}/customers?minPosition=${position}`)).body.items;

/** Everything since the start of this file happens to one reseller and one provider, in order. */
describe('A reseller and its provider over HTTP', () => {
  it('are connected only once both are enrolled (R2)', async () => {
    expect((await stage.partner.post(CONNECT)).body).toMatchObject({ status: 409, code: 'partner-not-enrolled' });
    await stage.partner.post(`${CONTOSO}/enrol`, ENROLMENT);
    const { body } = await stage.partner.post(CONNECT);
    expect(body).toMatchObject({ status: 409, code: 'provider-not-enrolled', rule: 'R2' });
    expect(body.next).toContain('enrol');
  });

  it('are of the kinds that their connection needs (R6)', async () => {
    await provider.post('/v1/partners/tailspin/enrol', PROVIDER);
    const fromBehind = await provider.post('/v1/partners/tailspin/providers/contoso/connect');
    expect(fromBehind.body).toMatchObject({ status: 409, code: 'not-a-reseller', rule: 'R6' });
    const toItself = await stage.partner.post(`${CONTOSO}/providers/contoso/connect`);
    expect(toItself.body).toMatchObject({ status: 409, code: 'not-a-provider', rule: 'R6' });
  });

  it('share no customers by being connected (R6)', async () => {
    const invitation = { ...anInvitation(), origin: 'indirect-provider', privileges: false, done: true };
    const { invitation: sent, draft } = (await provider.post('/v1/partners/tailspin/invitations', invitation)).body;
    const answer = { secret: draft.link.split('#')[1], customer: CUSTOMER, privileges: 'refuse' };
    const accepted = await stage.customer.post(`/v1/invitations/${sent.invitationId}/accept`, answer);
    expect(await customersOf(provider, 'tailspin', accepted.body.position)).toHaveLength(1);

    const connected = await stage.partner.post(CONNECT);
    expect(connected.body).toMatchObject({ decided: ['ProviderConnected'], providers: [{ providerId: 'tailspin' }] });
    expect(await customersOf(stage.partner, 'contoso', connected.body.position)).toEqual([]);
    await expect(stage.stream('relationship-contoso~fabrikam')).rejects.toThrow('not found');
  });

  it('are listed from the reseller’s stream, to those who may see it', async () => {
    const { body, headers } = await stage.partner.get(`${CONTOSO}/providers`);
    expect(body.providers).toMatchObject([{ providerId: 'tailspin', since: expect.any(String) }]);
    expect(headers.get('etag')).toBe(`"${body.revision}"`);
    expect((await stage.auditor.get(`${CONTOSO}/providers`)).body).toEqual(body);
    expect((await provider.get(`${CONTOSO}/providers`)).status).toBe(404);
  });

  it('are connected once; a repetition gives the first answer again (R6, D7)', async () => {
    expect((await stage.partner.post(CONNECT)).body).toMatchObject({ status: 409, code: 'provider-already-connected' });
    const key = { 'idempotency-key': 'disconnect-tailspin' };
    const first = await stage.partner.post(DISCONNECT, undefined, key);
    expect(first.body).toMatchObject({ decided: ['ProviderDisconnected'], providers: [] });
    expect((await stage.partner.post(DISCONNECT, undefined, key)).body).toEqual(first.body);
    expect((await stage.partner.post(DISCONNECT)).body).toMatchObject({ status: 409, code: 'provider-not-connected' });
  });

  it('stand in the audit trail of both (R6)', async () => {
    const typesOf = async (api: Api, partnerId: string) =>
      (await api.get(`/v1/partners/${partnerId}/audit?limit=200`)).body.items.map(({ type }: { type: string }) => type);
    expect(await typesOf(stage.partner, 'contoso')).toEqual([
      'PartnerEnrolled',
      'ProviderConnected',
      'ProviderDisconnected',
    ]);
    expect(await typesOf(provider, 'tailspin')).toEqual(expect.arrayContaining(['ProviderConnected']));
  });
});
