import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
const RECORD = '/v1/partners/contoso/customers/fabrikam';
const PREVIEW = `${RECORD}/removal/preview`;
const GIVEN = `${RECORD}/removal/notice`;
const NOTICES = '/v1/partners/contoso/notices';
const NOTICE = { required: true, to: 'customer', given: false, dueBy: '2026-11-01' };
const EVIDENCE = 'Registered letter to Ana Souza';
const statement = async () => (await stage.partner.get('/v1/attestations/current')).body;

const asked = anInvitation();
const establish = async (privileges: 'grant' | 'refuse' = 'grant') => {
  const { path, secret } = await stage.invite(asked);
  return (await stage.customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges })).body;
};
const remove = async (changes: object = {}, headers = {}) => {
  const body = { reason: 'The contract has ended', attestation: await statement(), notice: NOTICE, ...changes };
  return stage.partner.post(`${RECORD}/removal`, body, headers);
};

beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

describe('The attestation', () => {
  it('is told by its version too, with the SHA-256 of its words (R26, R27)', async () => {
    const current = await statement();
    expect(current.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await stage.auditor.get(`/v1/attestations/${current.version}`)).body).toEqual(current);
    const none = await stage.partner.get('/v1/attestations/1999-01');
    expect([none.status, none.body.code]).toEqual([404, 'attestation-not-found']);
  });
});

/** Everything from here on happens to one relationship, in order. */
describe('A removal over HTTP', () => {
  let position: string;

  it('cannot be previewed, nor its notice given, where there is no relationship (C23, R28)', async () => {
    expect((await stage.partner.post(PREVIEW, {})).body).toMatchObject({ status: 404, code: 'customer-not-found' });
    const notice = { givenOn: '2026-11-02', evidence: EVIDENCE };
    expect((await stage.partner.post(GIVEN, notice)).body).toMatchObject({ status: 409, code: 'no-removal' });
  });

  it('is previewed with all that it leaves and asks for, and nothing is changed by it (R25, R26, R28, R29)', async () => {
    await establish();
    const before = await stage.eventCount();
    const { status, body } = await stage.partner.post(PREVIEW, { notice: NOTICE }, { 'idempotency-key': '' });
    const [granted] = await stage.stream('privileges-contoso~fabrikam');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ role: 'reseller', staying: [], attestation: await statement() },
      privileges: { status: 'in-force', basis: granted?.id },
      notice: { ...NOTICE, generatedByThisService: false },
    });
    expect(body.consequences.join(' ')).toMatch(/privileges persist.*due by 2026-11-01.*No notice was generated/);
    expect(await stage.eventCount()).toBe(before);
  });

  it('is previewed with the invitation that stays open to the same contact, cancelled by nobody (D5)', async () => {
    expect((await stage.partner.post(PREVIEW)).body.openInvitations).toEqual([]);
    const northwind = stage.with(await stage.token({ sub: 'pat', partner_id: 'northwind' }));
    await northwind.post('/v1/partners/northwind/enrol', { name: 'Northwind', kind: 'indirect-provider' });
    await stage.partner.post('/v1/partners/contoso/providers/northwind/connect');
    const { invitationId } = await stage.invite({ ...asked, providerId: 'northwind' });
    const { openInvitations, consequences } = (await stage.partner.post(PREVIEW)).body;
    expect(openInvitations).toMatchObject([{ invitationId, partnerIds: ['contoso', 'northwind'], status: 'sent' }]);
    expect(consequences.join(' ')).toContain(`The invitation ${invitationId} stays open`);
    await stage.partner.post(`/v1/partners/contoso/invitations/${invitationId}/cancel`);
    expect((await stage.partner.post(PREVIEW)).body.openInvitations).toEqual([]);
  });

  it('is previewed without a body, and by an auditor; a notice that cannot be is refused (R28)', async () => {
    expect((await stage.auditor.post(PREVIEW)).body.notice).toBeNull();
    const answer = await stage.partner.post(PREVIEW, { notice: { ...NOTICE, to: null } });
    expect(answer.body).toMatchObject({ status: 422, code: 'notice-not-stated', pointer: '/notice/to' });
    const day = await stage.partner.post(PREVIEW, { notice: { ...NOTICE, dueBy: '2026-02-30' } });
    expect([day.status, day.body.errors[0].pointer]).toEqual([400, '/notice/dueBy']);
  });

  it('is refused with a hash that is not that of the words (R26)', async () => {
    const { body } = await remove({ attestation: { ...(await statement()), sha256: '0'.repeat(64) } });
    expect(body).toMatchObject({ status: 422, code: 'attestation-not-stated', pointer: '/attestation/sha256' });
  });

  it('takes the ETag of what was reviewed (C23)', async () => {
    const etag = (await stage.partner.post(PREVIEW)).headers.get('etag') ?? '';
    expect((await remove({}, { 'if-match': '"99"' })).status).toBe(412);
    const { status, body } = await remove({}, { 'if-match': etag });
    expect([status, body.notice]).toEqual([200, { ...NOTICE, generatedByThisService: false }]);
    position = body.position;
  });

  it('keeps the SHA-256 of what was attested beside the words (R26, R27)', async () => {
    const removed = (await stage.stream('relationship-contoso~fabrikam')).at(-1);
    expect(removed?.data).toMatchObject({ attestation: { ...(await statement()), attestedBy: 'alice' } });
  });

  it('is not previewed a second time (C23)', async () => {
    expect((await stage.partner.post(PREVIEW)).body).toMatchObject({
      status: 409,
      code: 'relationship-already-removed',
    });
  });

  it('whose notice is not recorded as given is listed, overdue from the day after (R28, R29)', async () => {
    const { body } = await stage.partner.get(`${NOTICES}?minPosition=${position}`);
    const item = { customerId: 'fabrikam', to: 'customer', dueBy: '2026-11-01', overdue: true };
    expect(body.items).toMatchObject([{ ...item, generatedByThisService: false }]);
    expect(body.remarks).toEqual(['No notice was generated by this service.']);
    expect((await stage.auditor.get(`${NOTICES}?overdue=true`)).body.items).toHaveLength(1);
    expect((await stage.partner.get(`${NOTICES}?overdue=false`)).body.items).toEqual([]);
  });

  it('has its notice recorded by the partner, once, with evidence that no read model copies (R28, R29)', async () => {
    const tomorrow = { givenOn: '2999-01-01', evidence: EVIDENCE };
    expect((await stage.partner.post(GIVEN, tomorrow)).body).toMatchObject({ status: 422, pointer: '/givenOn' });
    const notice = { givenOn: '2026-11-02', evidence: EVIDENCE };
    const key = { 'idempotency-key': 'notice-1' };
    const { body } = await stage.partner.post(GIVEN, notice, key);
    expect(body).toMatchObject({ decided: ['TerminationNoticeGiven'], to: 'customer', generatedByThisService: false });
    expect((await stage.partner.post(GIVEN, notice, key)).body).toEqual(body);
    expect((await stage.partner.post(GIVEN, notice)).body).toMatchObject({ status: 409, code: 'notice-already-given' });
    expect((await stage.partner.get(`${NOTICES}?minPosition=${body.position}`)).body.items).toEqual([]);
    const trail = await stage.partner.get(`/v1/partners/contoso/audit?type=TerminationNoticeGiven`);
    expect(trail.body.items[0].note).toContain('to the customer on 2026-11-02. No notice was generated');
    expect(await stage.wholeRedis()).not.toContain('Registered letter');
  });

  it('leaves the record as it was when its notice is given (R25)', async () => {
    const { body } = await stage.partner.get(RECORD);
    expect([body.relationship.status, body.privileges.status]).toEqual(['removed', 'in-force']);
    const permissions = await stage.partner.get(`${RECORD}/permissions`);
    const [, removed] = await stage.stream('relationship-contoso~fabrikam');
    expect(permissions.body.transact).toMatchObject({ allowed: false, basis: removed?.id });
  });

  it('lists the first due first, page by page, and one without a day last (R28)', async () => {
    const due = async (customerId: string, dueBy?: string) => {
      const customer = stage.with(await stage.customerToken(customerId));
      const { path, secret } = await stage.invite();
      await customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'refuse' });
      const notice = { required: true, to: 'partner', given: false, ...(dueBy && { dueBy }) };
      const body = { reason: 'Over', attestation: await statement(), notice };
      return (await stage.partner.post(`/v1/partners/contoso/customers/${customerId}/removal`, body)).body.position;
    };
    await due('a-never');
    await due('b-late', '2026-10-01');
    const last = await due('c-early', '2026-09-01');
    const far = await due('d-future', '2999-01-01');
    expect(BigInt(far)).toBeGreaterThan(BigInt(last));
    const found: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await stage.partner.get(`${NOTICES}?limit=1&minPosition=${far}${next && `&cursor=${next}`}`);
      found.push(...body.items.map(({ customerId }: { customerId: string }) => customerId));
      next = body.next;
    }
    expect(found).toEqual(['c-early', 'b-late', 'd-future', 'a-never']);
    const current = (await stage.partner.get(`${NOTICES}?overdue=false`)).body.items;
    expect(current.map(({ dueBy }: { dueBy: string | null }) => dueBy)).toEqual(['2999-01-01', null]);
  });
});
