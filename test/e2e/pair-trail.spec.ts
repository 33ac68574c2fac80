import type { Stage } from './stage.fixture.js';
import { CONTACT_NAME, CUSTOMER, ENROLMENT, openStage } from './stage.fixture.js';

let stage: Stage;
const PAIR = '/v1/partners/contoso/customers/fabrikam';
const TRAIL = `${PAIR}/audit`;

const accept = async (customerId: string) => {
  const { path, secret } = await stage.invite();
  const customer = stage.with(await stage.customerToken(customerId));
  await customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'grant' });
};

beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  await stage.invite();
  await accept('tailspin');
  await accept('fabrikam');
  const attestation = (await stage.partner.get('/v1/attestations/current')).body;
  const notice = { required: true, to: 'customer', given: false };
  await stage.partner.post(`${PAIR}/removal`, { reason: 'The contract has ended', attestation, notice });
  await accept('fabrikam');
});
afterAll(() => stage.close());

const INVITED = ['InvitationDrafted', 'InvitationSent', 'InvitationAccepted'];
const WHOLE = [
  ...[...INVITED, 'RelationshipEstablished', 'DelegatedAdminPrivilegesGranted', 'RelationshipRemoved'],
  ...[...INVITED, 'RelationshipEstablished'],
];
type Entry = { type: string; position: string };
const typesOf = (items: readonly Entry[]) => items.map(({ type }) => type);

describe('The timeline of one customer', () => {
  it('is told whole, with the invitations that led to it, and of nobody else (R25, R29)', async () => {
    const { items, next } = (await stage.partner.get(TRAIL)).body;
    expect([typesOf(items), next]).toEqual([WHOLE, null]);
    expect(items[5].note).toContain('Delegated admin privileges persist');
    expect(JSON.stringify(items)).not.toContain(CONTACT_NAME);
  });

  it('is told as in the partner’s whole trail', async () => {
    const { items } = (await stage.partner.get(TRAIL)).body;
    const last = items.at(-1).position;
    const whole = (await stage.auditor.get(`/v1/partners/contoso/audit?limit=200&minPosition=${last}`)).body.items;
    for (const { stated, ...entry } of items) expect(whole).toContainEqual(entry);
    expect(items[5].stated).toEqual({ reason: 'The contract has ended' });
    expect(JSON.stringify(whole)).not.toContain('The contract has ended');
  });

  it('comes in pages, and filtered', async () => {
    const found: Entry[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await stage.partner.get(`${TRAIL}?limit=4${next && `&cursor=${next}`}`);
      found.push(...body.items);
      next = body.next;
    }
    expect(typesOf(found)).toEqual(WHOLE);
    const filtered = await stage.auditor.get(`${TRAIL}?type=RelationshipEstablished&limit=1`);
    expect(typesOf(filtered.body.items)).toEqual(['RelationshipEstablished']);
    expect(filtered.body.next).not.toBeNull();
    expect((await stage.auditor.get(`${TRAIL}?actor=nobody`)).body.items).toEqual([]);
  });

  it('is told as of any moment: of a removal to come, and of the invitation after it, nothing shows (R25)', async () => {
    const { items } = (await stage.partner.get(TRAIL)).body;
    const established = items[3].position;
    expect(typesOf((await stage.partner.get(`${TRAIL}?asOf=${established}`)).body.items)).toEqual(WHOLE.slice(0, 4));
    const removed = items[5].position;
    expect(typesOf((await stage.auditor.get(`${TRAIL}?asOf=${removed}`)).body.items)).toEqual(WHOLE.slice(0, 6));
    expect((await stage.auditor.get(`${TRAIL}?asOf=2020-01-01T00:00:00Z`)).body.items).toEqual([]);
    const future = await stage.auditor.get(`${TRAIL}?asOf=2999-01-01T00:00:00Z`);
    expect([future.status, future.body.errors[0].pointer]).toEqual([400, '/asOf']);
  });

  it('is another’s secret, and empty where there is none', async () => {
    expect((await stage.partner.get('/v1/partners/tailspin/customers/fabrikam/audit')).status).toBe(404);
    expect((await stage.customer.get(TRAIL)).status).toBe(403);
    expect((await stage.partner.get('/v1/partners/contoso/customers/nobody/audit')).body.items).toEqual([]);
  });
});
