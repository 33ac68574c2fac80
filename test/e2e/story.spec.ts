import type { Stage } from './stage.fixture.js';
import { CONTACT_NAME, CUSTOMER, ENROLMENT, openStage } from './stage.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const LIST = '/v1/partners/contoso/customers';
const RECORD = `${LIST}/fabrikam`;
const statement = async () => (await stage.partner.get('/v1/attestations/current')).body;
const removal = async (changes: object = {}) => ({
  reason: 'The contract has ended',
  attestation: await statement(),
  notice: { required: true, to: 'customer', given: false },
  ...changes,
});

/** Everything since the start of this file happens to one relationship, in order. */
describe('A relationship over HTTP, from invitation to removal', () => {
  let invited: Awaited<ReturnType<Stage['invite']>>;
  let position: string;

  it('does not show the customer before it has accepted (R14)', async () => {
    invited = await stage.invite();
    const { body } = await stage.partner.get(`${LIST}?minPosition=${invited.position}`);
    expect(body.items).toEqual([]);
    expect((await stage.partner.get(RECORD)).body.code).toBe('customer-not-found');
  });

  it('stands when the answer to the acceptance says so (R14, D1)', async () => {
    const body = { secret: invited.secret, customer: CUSTOMER, privileges: 'grant' };
    const answer = await stage.customer.post(`${invited.path}/accept`, body);
    expect(answer.body).toMatchObject({ decided: ['InvitationAccepted'], relationships: 'established' });
    position = answer.body.position;
    const [established] = await stage.stream('relationship-contoso~fabrikam');
    expect(established).toMatchObject({
      type: 'RelationshipEstablished',
      metadata: { actor: { subject: 'bob', through: 'acceptance-workflow' } },
    });
  });

  it('puts the customer in the partner’s one list (C5, R14)', async () => {
    const { body, headers } = await stage.partner.get(`${LIST}?minPosition=${position}`);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ customerId: 'fabrikam', name: CUSTOMER.name, domain: CUSTOMER.domain });
    expect(BigInt(headers.get('read-position') ?? '0')).toBeGreaterThanOrEqual(BigInt(position));
  });

  it('shows in the customer’s record what may be managed (C15)', async () => {
    const { manages } = (await stage.partner.get(`${RECORD}?minPosition=${position}`)).body;
    for (const area of ['account', 'services', 'users', 'licences']) expect(manages[area].allowed).toBe(true);
  });

  it('is not removed without the attestation, word for word (R26, R27)', async () => {
    const attestation = { ...(await statement()), goodFaith: 'Trust us.' };
    const answer = await stage.partner.post(`${RECORD}/removal`, await removal({ attestation }));
    expect(answer.body).toMatchObject({ status: 422, code: 'attestation-not-stated', rule: 'R26' });
  });

  it('is not removed with a notice that is not stated (R28)', async () => {
    const notice = { required: true, to: null, given: false };
    const answer = await stage.partner.post(`${RECORD}/removal`, await removal({ notice }));
    expect(answer.body).toMatchObject({ status: 422, code: 'notice-not-stated', rule: 'R28', pointer: '/notice/to' });
  });

  it('is removed, and the answer says that privileges persist and that no notice was given (C23, R25, R29)', async () => {
    const before = await stage.stream('privileges-contoso~fabrikam');
    const { status, body } = await stage.partner.post(`${RECORD}/removal`, await removal());
    expect(status).toBe(200);
    expect(body.privileges).toMatchObject({ status: 'in-force', basis: before[0]?.id });
    expect(body.notice).toEqual({ required: true, to: 'customer', given: false, generatedByThisService: false });
    expect(body.remarks.join(' ')).toContain('Delegated admin privileges persist');
    expect(await stage.stream('privileges-contoso~fabrikam')).toEqual(before);
    position = body.position;
  });

  it('keeps in the event who attested to which words (R26, R27)', async () => {
    const removed = (await stage.stream('relationship-contoso~fabrikam')).at(-1);
    expect(removed?.data).toMatchObject({ attestation: { ...(await statement()), attestedBy: 'alice' } });
  });

  it('leaves the list when it is removed (R24)', async () => {
    expect((await stage.partner.get(`${LIST}?minPosition=${position}`)).body.items).toEqual([]);
  });

  it('leaves what the privileges allow (R25)', async () => {
    const { manages, relationship, privileges } = (await stage.partner.get(RECORD)).body;
    expect([relationship.status, privileges.status]).toEqual(['removed', 'in-force']);
    expect([manages.account.allowed, manages.users.allowed]).toEqual([false, true]);
  });

  it('is told whole by the audit trail (R25, R28, R29)', async () => {
    const { items } = (await stage.auditor.get(`/v1/audit?limit=200&minPosition=${position}`)).body;
    expect(items.map(({ type }: { type: string }) => type)).toEqual([
      'PartnerEnrolled',
      'InvitationDrafted',
      'InvitationSent',
      'InvitationAccepted',
      'CustomerRegistered',
      'RelationshipEstablished',
      'DelegatedAdminPrivilegesGranted',
      'RelationshipRemoved',
    ]);
    const [granted, removed] = items.slice(-2);
    expect(removed.note).toContain('Delegated admin privileges persist');
    expect(removed.note).toContain(granted.eventId);
    expect(removed.note).toContain(granted.at);
    expect(removed.note).toContain('No notice was generated by this service.');
  });

  it('copies no personal data into the audit trail', async () => {
    const { body } = await stage.auditor.get(`/v1/audit?limit=200&minPosition=${position}`);
    for (const personal of [CONTACT_NAME, 'ana.souza', 'The contract has ended'])
      expect(JSON.stringify(body)).not.toContain(personal);
  });

  it('is among the residual privileges (R25)', async () => {
    const { body } = await stage.auditor.get(`/v1/residual-privileges?minPosition=${position}`);
    expect(body.items).toMatchObject([{ partnerId: 'contoso', customerId: 'fabrikam' }]);
  });

  it('is not removed twice (C23)', async () => {
    const answer = await stage.partner.post(`${RECORD}/removal`, await removal());
    expect(answer.body).toMatchObject({ status: 409, code: 'relationship-already-removed', state: 'removed' });
  });

  it('has its privileges ended by the customer alone, or on evidence (D3)', async () => {
    const without = await stage.partner.post(`${RECORD}/privileges/revocation`, {});
    expect([without.status, without.body.errors[0].pointer]).toEqual([400, '/evidence']);
    const { body } = await stage.customer.post('/v1/customers/fabrikam/partners/contoso/privileges/revocation');
    expect(body).toMatchObject({ decided: ['DelegatedAdminPrivilegesRevoked'], status: 'revoked' });
    const left = await stage.auditor.get(`/v1/residual-privileges?minPosition=${body.position}`);
    expect(left.body.items).toEqual([]);
  });

  it('starts afresh with a new invitation (D5)', async () => {
    const again = await stage.invite();
    const body = { secret: again.secret, customer: CUSTOMER, privileges: 'refuse' };
    const accepted = (await stage.customer.post(`${again.path}/accept`, body)).body;
    const list = await stage.partner.get(`${LIST}?minPosition=${accepted.position}`);
    expect(list.body.items).toHaveLength(1);
  });
});
