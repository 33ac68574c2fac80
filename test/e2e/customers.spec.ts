import type { Stage } from './stage.fixture.js';
import { ENROLMENT, anInvitation, openStage } from './stage.fixture.js';

let stage: Stage;
const LIST = '/v1/partners/contoso/customers';
const statement = async () => (await stage.partner.get('/v1/attestations/current')).body;
const asCustomer = async (customerId: string) => stage.with(await stage.customerToken(customerId));

const accept = async (customerId: string, customer: object, origin = 'own-marketing', privileges = 'grant') => {
  const { path, secret } = await stage.invite({ ...anInvitation(), origin });
  const { body } = await (await asCustomer(customerId)).post(`${path}/accept`, { secret, customer, privileges });
  return body.position as string;
};
const remove = async (customerId: string) => {
  const notice = { required: false, to: null, given: false };
  const body = { reason: 'Over', attestation: await statement(), notice };
  return (await stage.partner.post(`${LIST}/${customerId}/removal`, body)).body.position as string;
};
const names = async (query: string) => {
  const { body } = await stage.partner.get(`${LIST}?${query}`);
  return body.items?.map(({ name }: { name: string }) => name) ?? body;
};

let position: string;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  await accept('c-zeta', { name: 'Zeta Works', domain: 'zeta.example' }, 'vendor-referral');
  await accept('c-adatum', { name: 'Ádatum Indústria', domain: 'adatum.example' });
  await accept('c-works', { name: 'Alpine Works', domain: 'alpine-ski.example' });
  await accept('c-gone', { name: 'Gone Works', domain: 'gone.example' });
  position = await remove('c-gone');
});
afterAll(() => stage.close());

describe('A partner’s list', () => {
  it('is sorted by name whatever its accents, or by when it began (C5)', async () => {
    expect(await names(`minPosition=${position}`)).toEqual(['Ádatum Indústria', 'Alpine Works', 'Zeta Works']);
    expect(await names('sort=since')).toEqual(['Zeta Works', 'Ádatum Indústria', 'Alpine Works']);
  });

  it('is searched by the beginning of any word of name or domain, whatever case and accents (C5)', async () => {
    expect(await names('q=work')).toEqual(['Alpine Works', 'Zeta Works']);
    expect(await names('q=WORK&sort=since')).toEqual(['Zeta Works', 'Alpine Works']);
    expect(await names('q=industria')).toEqual(['Ádatum Indústria']);
    expect(await names(`q=${encodeURIComponent('ÍND')}`)).toEqual(['Ádatum Indústria']);
    expect(await names('q=ski')).toEqual(['Alpine Works']);
    expect(await names('q=adatum.ex')).toEqual(['Ádatum Indústria']);
    expect(await names('q=works%20ze')).toEqual(['Zeta Works']);
    expect([await names('q=orks'), await names('q=example'), await names('q=alpine.ex')]).toEqual([[], [], []]);
  });

  it('is filtered by role, origin and when it began, each with search, sort and pages (C5, R16)', async () => {
    expect(await names('origin=vendor-referral')).toEqual(['Zeta Works']);
    expect(await names('role=provider')).toEqual([]);
    expect(await names('role=reseller&q=works&origin=own-marketing')).toEqual(['Alpine Works']);
    const { items } = (await stage.partner.get(`${LIST}?sort=since`)).body;
    const second = items[1].since as string;
    for (const sort of ['since', 'name']) {
      expect(await names(`sort=${sort}&to=${second}`)).toEqual(['Zeta Works']);
      expect((await names(`sort=${sort}&from=${second}`)).sort()).toEqual(['Alpine Works', 'Ádatum Indústria']);
    }
  });

  it.each(['q=works', 'q=works&sort=since', 'role=reseller', 'from=2020-01-01T00:00:00Z', 'sort=since'])(
    'comes in pages that hold everyone once, in order: %s (C5)',
    async (query) => {
      const found: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const { body } = await stage.partner.get(`${LIST}?limit=1&${query}${next && `&cursor=${next}`}`);
        expect(body.items.length).toBeLessThanOrEqual(1);
        found.push(...body.items.map(({ name }: { name: string }) => name));
        next = body.next;
      }
      expect(found).toEqual(await names(query));
    },
  );

  it.each([
    'q=a',
    'q=%20',
    'q=.-',
    'role=owner',
    'origin=nowhere',
    'from=yesterday',
    'from=2026-W01-1',
    'to=20260101',
    'sort=age',
  ])('refuses %s, naming the field', async (query) => {
    const { status, body } = await stage.partner.get(`${LIST}?${query}`);
    expect([status, body.errors[0].pointer]).toEqual([400, `/${query.split('=')[0]}`]);
  });
});

describe('A customer', () => {
  const PARTNERS = '/v1/customers/c-gone/partners';

  it('sees every partner, and the privileges that a removal has left it (D2, R25)', async () => {
    const gone = await asCustomer('c-gone');
    const { status, body } = await gone.get(`${PARTNERS}?minPosition=${position}`);
    const [granted] = await stage.stream('privileges-contoso~c-gone');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      {
        ...{ partnerId: 'contoso', name: ENROLMENT.name, residual: true },
        relationship: { status: 'removed', role: 'reseller' },
        privileges: { status: 'in-force', basis: granted?.id },
      },
    ]);
  });

  it('sees nobody else’s partners, nor does a partner see them (R1)', async () => {
    expect((await stage.customer.get(PARTNERS)).status).toBe(404);
    expect((await stage.partner.get(PARTNERS)).status).toBe(403);
    expect((await stage.customer.get('/v1/customers/fabrikam/partners')).body.items).toEqual([]);
  });

  it('sees that nothing is residual any more once it has revoked them (D3)', async () => {
    const gone = await asCustomer('c-gone');
    const { items } = (await stage.auditor.get('/v1/residual-privileges')).body;
    expect(items).toMatchObject([{ customerId: 'c-gone', ageInDays: 0 }]);
    const revoked = await gone.post('/v1/customers/c-gone/partners/contoso/privileges/revocation');
    const { body } = await gone.get(`${PARTNERS}?minPosition=${revoked.body.position}`);
    expect(body.items).toMatchObject([{ residual: false, privileges: { status: 'revoked' } }]);
  });
});

describe('A customer that changes its name', () => {
  const DETAILS = '/v1/customers/c-zeta/details';
  const renamed = { name: 'Beta Works', domain: 'beta.example' };

  it('must be known here, and must be itself (R2, R1)', async () => {
    const nobody = await stage.customer.put('/v1/customers/fabrikam/details', renamed);
    expect(nobody.body).toMatchObject({ status: 409, code: 'customer-not-known', rule: 'R2' });
    expect((await stage.customer.put(DETAILS, renamed)).status).toBe(404);
    expect((await stage.partner.put(DETAILS, renamed)).status).toBe(403);
    const zeta = await asCustomer('c-zeta');
    expect((await zeta.put(DETAILS, { ...renamed, domain: 'no domain' })).body.errors[0].pointer).toBe('/domain');
  });

  it('is sorted, shown and found by the new one in its partners’ lists (C5)', async () => {
    const zeta = await asCustomer('c-zeta');
    const { body } = await zeta.put(DETAILS, renamed, { 'idempotency-key': 'rename-1' });
    expect(body).toMatchObject({ decided: ['CustomerDetailsChanged'], customer: renamed });
    const listed = await names(`minPosition=${body.position}`);
    expect(listed).toEqual(['Ádatum Indústria', 'Alpine Works', 'Beta Works']);
    expect([await names('q=beta'), await names('q=zeta')]).toEqual([['Beta Works'], []]);
    expect((await stage.partner.get(`${LIST}/c-zeta`)).body).toMatchObject(renamed);
  });

  it('is called as before at any moment before (C5)', async () => {
    const { body } = await stage.partner.get(`${LIST}/c-zeta?asOf=${position}`);
    expect(body.name).toBe('Zeta Works');
    expect((await stage.auditor.get('/v1/customers/c-zeta/audit')).body.items.at(-1).note).toContain('Beta Works');
  });

  it('gives the first answer to a repetition, also where it had said what it was called already (D7)', async () => {
    const zeta = await asCustomer('c-zeta');
    const keyed = (body: object, key: string) => zeta.put(DETAILS, body, { 'idempotency-key': key });
    const first = await keyed(renamed, 'the-same');
    const since = { name: 'Gamma Works', domain: 'gamma.example' };
    const { position } = (await keyed(since, 'another')).body;
    for (const key of ['rename-1', 'the-same']) expect((await keyed(renamed, key)).body.customer).toEqual(renamed);
    expect((await keyed(renamed, 'the-same')).body).toEqual(first.body);
    expect((await keyed(since, 'the-same')).body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    expect((await stage.partner.get(`${LIST}/c-zeta?minPosition=${position}`)).body).toMatchObject(since);
  });
});
