import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, openStage } from './stage.fixture.js';
import { importBody, importRows, numbers, rowOf, toBody } from './import.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const CUSTOMERS = '/v1/partners/contoso/customers';
const listed = async (position: string) =>
  (await stage.partner.get(`${CUSTOMERS}?limit=200&minPosition=${position}`)).body.items;
const eventsOf = async (stream: string) => (await stage.stream(stream)).map(({ type }) => type);

describe('An import of customers that exist already', () => {
  it('shows the reseller its customers of both portals in its one list, each with its source (R4, C5)', async () => {
    const since = { portal: 'office-365-admin-center', since: '2021-03-01' };
    const { rows, end } = await importRows(stage, [rowOf('a'), rowOf('b', since)]);
    expect(rows).toMatchObject([
      { row: 1, customerId: 'customer-a', outcome: 'established' },
      { row: 2, customerId: 'customer-b', outcome: 'established' },
    ]);
    expect(end).toEqual({ summary: { established: 2, alreadyThere: 0, refused: 0, position: rows[1].position } });
    expect(await listed(end.summary.position)).toMatchObject([
      { customerId: 'customer-a', role: 'reseller', source: 'azure-portal', origin: null },
      { customerId: 'customer-b', source: 'office-365-admin-center', since: '2021-03-01T00:00:00.000Z' },
    ]);
  });

  it('makes the customer known, then establishes the relationship by the portal (R2, R4)', async () => {
    expect(await eventsOf('customer-customer-b')).toEqual(['CustomerRegistered']);
    const [established] = await stage.stream('relationship-contoso~customer-b');
    expect(established?.data).toMatchObject({
      role: 'reseller',
      by: { kind: 'portal', portal: 'office-365-admin-center', since: '2021-03-01T00:00:00.000Z' },
      origin: null,
    });
    expect(established?.metadata).toMatchObject({ actor: { subject: 'alice', partnerId: 'contoso' } });
  });

  it('infers no privileges (D3)', async () => {
    const { privileges, manages } = (await stage.partner.get(`${CUSTOMERS}/customer-a`)).body;
    expect([privileges.status, manages.users.allowed]).toEqual(['none-recorded', false]);
    await expect(stage.stream('privileges-contoso~customer-a')).rejects.toThrow('not found');
  });

  it('refuses a customer that is served outside the portals: it is invited (R7)', async () => {
    const { rows } = await importRows(stage, [rowOf('c', { portal: 'own-shop' })]);
    expect(rows[0]).toMatchObject({ outcome: 'refused', code: 'validation-failed', pointer: '/portal' });
    await expect(stage.stream('relationship-contoso~customer-c')).rejects.toThrow('not found');
  });

  it('gives an indirect provider its relationships as provider (R3, R4)', async () => {
    const provider = stage.with(await stage.token({ partner_id: 'tailspin' }));
    await provider.post('/v1/partners/tailspin/enrol', { name: 'Tailspin', kind: 'indirect-provider' });
    const { end } = await importRows(stage, [rowOf('a', { name: 'Another name' })], undefined, 'tailspin');
    expect(end.summary).toMatchObject({ established: 1 });
    const [established] = await stage.stream('relationship-tailspin~customer-a');
    expect(established?.data).toMatchObject({ role: 'provider', customer: { name: 'Another name' } });
    expect(await eventsOf('customer-customer-a')).toEqual(['CustomerRegistered']);
  });

  it('leaves alone what stands already, however it came to be (D5)', async () => {
    const { path, secret } = await stage.invite();
    await stage.customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'grant' });
    const { rows, end } = await importRows(stage, [rowOf('a'), rowOf('f', { customerId: 'fabrikam' })]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['already-there', 'already-there']);
    expect(end.summary).toMatchObject({ established: 0, alreadyThere: 2 });
    expect(await eventsOf('relationship-contoso~fabrikam')).toEqual(['RelationshipEstablished']);
  });

  it('does not bring back what was removed here (D5)', async () => {
    const attestation = (await stage.partner.get('/v1/attestations/current')).body;
    const notice = { required: false, to: null, given: false };
    const removal = { reason: 'Ended', attestation, notice };
    await stage.partner.post(`${CUSTOMERS}/customer-b/removal`, removal);
    const { rows } = await importRows(stage, [rowOf('b')]);
    expect(rows[0]).toMatchObject({ outcome: 'refused', code: 'relationship-already-removed', rule: 'D5' });
    expect(rows[0].next).toContain('Invite');
  });
});

describe('An import of 5 000 rows with wrong ones among them', () => {
  const WRONG = [
    [{ domain: 'no domain' }, '/domain'],
    [{ name: '' }, '/name'],
    [{ customerId: 'a~b' }, '/customerId'],
    [{ since: '2999-01-01' }, '/since'],
    [{ more: 1 }, '/more'],
  ] as const;
  const EVERY = 50;
  const isWrong = (n: number) => n % EVERY === 0;
  const rows = numbers(5_000).map((n) => rowOf(`many-${n}`, isWrong(n) ? WRONG[(n / EVERY) % WRONG.length]?.[0] : {}));

  it('refuses those, naming the field, and imports the others in their order (R4)', async () => {
    const before = await stage.eventCount();
    const { rows: answers, end } = await importRows(stage, rows);
    expect(answers.map(({ row }) => row)).toEqual(numbers(rows.length).map((n) => n + 1));
    expect(answers.map(({ customerId }) => customerId)).toEqual(rows.map(({ customerId }) => customerId));
    const refused = answers.filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ row }) => row - 1)).toEqual(numbers(rows.length).filter(isWrong));
    for (const { row, code, pointer, detail } of refused) {
      const field = WRONG[((row - 1) / EVERY) % WRONG.length]?.[1] ?? '';
      expect([code, pointer]).toEqual(['validation-failed', field]);
      expect(detail).toContain(field.slice(1));
    }
    expect(end.summary).toMatchObject({ established: 4_900, alreadyThere: 0, refused: 100 });
    expect(await stage.eventCount()).toBe(before + 2 * 4_900);
  }, 90_000);

  it('refuses lines that are no rows by themselves, counting empty ones (R4)', async () => {
    const body = [
      '',
      '{"customerId":',
      '[]',
      'null',
      `{"name":"${'x'.repeat(17_000)}"}`,
      toBody([rowOf('last')]).trim(),
    ];
    const { rows: answers, end } = await importBody(stage, body.join('\r\n'));
    expect(answers.map(({ row, code }) => [row, code])).toEqual([
      [2, 'malformed-row'],
      [3, 'malformed-row'],
      [4, 'malformed-row'],
      [5, 'row-too-long'],
      [6, undefined],
    ]);
    expect(end.summary).toMatchObject({ established: 1, refused: 4 });
  });
});
