import type { Api } from '../support/api.js';
import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
let provider: Api;
let accepted: string;
const RESELLER = '/v1/partners/contoso/customers/fabrikam';
const PROVIDER = '/v1/partners/northwind/customers/fabrikam';
const permissions = async (path: string, asOf = '') => (await stage.auditor.get(`${path}/permissions${asOf}`)).body;
const removal = async () => ({
  reason: 'The contract has ended',
  attestation: (await stage.partner.get('/v1/attestations/current')).body,
  notice: { required: false, to: null, given: false },
});

beforeAll(async () => {
  stage = await openStage();
  provider = stage.with(await stage.token({ sub: 'pat', partner_id: 'northwind' }));
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  await provider.post('/v1/partners/northwind/enrol', { name: 'Northwind', kind: 'indirect-provider' });
  await stage.partner.post('/v1/partners/contoso/providers/northwind/connect');
  const { path, secret } = await stage.invite({ ...anInvitation(), providerId: 'northwind' });
  const body = { secret, customer: CUSTOMER, privileges: 'grant', authorise: ['contoso'] };
  accepted = (await stage.customer.post(`${path}/accept`, body)).body.position;
});
afterAll(() => stage.close());

/** Everything from here on happens in order. */
describe('A reseller and its provider', () => {
  it('cannot order for a customer that has authorised the reseller alone (R3, R17, R20)', async () => {
    const { transact, order } = await permissions(RESELLER);
    expect(transact.allowed).toBe(true);
    expect(order.through).toMatchObject([{ partnerId: 'northwind', allowed: false, basis: null }]);
    expect((await permissions(PROVIDER)).order.allowed).toBe(false);
  });

  it('can, once the customer has authorised the provider too, which administers nothing (R17, R20, R22)', async () => {
    const { path, secret } = await stage.invite({ ...anInvitation(), providerId: 'northwind' });
    const body = { secret, customer: CUSTOMER, privileges: 'refuse', authorise: ['northwind'] };
    await stage.customer.post(`${path}/accept`, body);
    const [established] = await stage.stream('relationship-northwind~fabrikam');
    expect((await permissions(RESELLER)).order.through).toMatchObject([{ allowed: true, basis: established?.id }]);
    const { order, administer } = await permissions(PROVIDER);
    expect([order.allowed, order.basis, administer.allowed]).toEqual([true, established?.id, false]);
    const before = await permissions(RESELLER, `?asOf=${accepted}`);
    expect(before.order.through).toMatchObject([{ allowed: false }]);
  });

  it('are told by the preview of the reseller’s removal that the provider’s relationship stays (D2)', async () => {
    const { body } = await stage.partner.post(`${RESELLER}/removal/preview`);
    expect(body.staying).toMatchObject([{ partnerId: 'northwind', role: 'provider' }]);
    expect(body.consequences).toContain('The relationship of northwind as provider stays in place.');
  });

  it('are told by the preview of the provider’s removal that the reseller’s relationship stays (D2)', async () => {
    const { body } = await provider.post(`${PROVIDER}/removal/preview`);
    expect(body.staying).toMatchObject([{ partnerId: 'contoso', role: 'reseller' }]);
    expect(body.consequences).toContain('The relationship of contoso as reseller stays in place.');
  });

  it('go on apart after the reseller’s removal: the provider orders, the reseller still administers (D2, R25)', async () => {
    const { position } = (await stage.partner.post(`${RESELLER}/removal`, await removal())).body;
    const [reseller, other] = [await permissions(RESELLER), await permissions(PROVIDER)];
    expect([reseller.transact.allowed, reseller.administer.allowed]).toEqual([false, true]);
    expect([other.transact.allowed, other.order.allowed]).toEqual([true, true]);
    const { items } = (await stage.customer.get(`/v1/customers/fabrikam/partners?minPosition=${position}`)).body;
    expect(items).toMatchObject([
      { partnerId: 'contoso', residual: true, relationship: { status: 'removed', role: 'reseller' } },
      { partnerId: 'northwind', residual: false, relationship: { status: 'established', role: 'provider' } },
    ]);
    const list = await provider.get(`/v1/partners/northwind/customers?role=provider&q=fabri&minPosition=${position}`);
    expect(list.body.items).toMatchObject([{ customerId: 'fabrikam', role: 'provider' }]);
  });

  it('both reach the customer’s new name (C5)', async () => {
    const renamed = { name: 'Fabrikam Indústria', domain: 'industria.example' };
    const { position } = (await stage.customer.put('/v1/customers/fabrikam/details', renamed)).body;
    const list = await provider.get(`/v1/partners/northwind/customers?minPosition=${position}`);
    expect(list.body.items).toMatchObject([renamed]);
    expect((await stage.partner.get(`${RESELLER}?minPosition=${position}`)).body).toMatchObject(renamed);
  });
});
