import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, openStage } from './stage.fixture.js';

let stage: Stage;
let positions: Record<'invited' | 'accepted' | 'removed' | 'revoked', string>;
const PAIR = '/v1/partners/contoso/customers/fabrikam';
const PERMISSIONS = `${PAIR}/permissions`;

const removal = async () => ({
  reason: 'The contract has ended',
  attestation: (await stage.partner.get('/v1/attestations/current')).body,
  notice: { required: false, to: null, given: false },
});

beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  const invited = await stage.invite();
  const accept = { secret: invited.secret, customer: CUSTOMER, privileges: 'grant' };
  const accepted = (await stage.customer.post(`${invited.path}/accept`, accept)).body.position;
  const removed = (await stage.partner.post(`${PAIR}/removal`, await removal())).body.position;
  const revocation = '/v1/customers/fabrikam/partners/contoso/privileges/revocation';
  const revoked = (await stage.customer.post(revocation)).body.position;
  positions = { invited: invited.position, accepted, removed, revoked };
});
afterAll(() => stage.close());

const allowed = async (asOf?: string) => {
  const { body } = await stage.partner.get(asOf === undefined ? PERMISSIONS : `${PERMISSIONS}?asOf=${asOf}`);
  return [body.transact.allowed, body.order.allowed, body.administer.allowed];
};

describe('What a partner may do for a customer', () => {
  it('is told for now without waiting for any read model (R2)', async () => {
    const { body, headers } = await stage.partner.get(PERMISSIONS);
    expect(body).toMatchObject({ asOf: null, transact: { allowed: false }, administer: { allowed: false } });
    expect(BigInt(headers.get('read-position') ?? 0)).toBeGreaterThanOrEqual(BigInt(positions.revoked));
  });

  it('is told as of any position: after the removal it could still administer (R2, R25)', async () => {
    expect(await allowed(positions.invited)).toEqual([false, false, false]);
    expect(await allowed(positions.accepted)).toEqual([true, false, true]);
    expect(await allowed(positions.removed)).toEqual([false, false, true]);
    expect(await allowed(positions.revoked)).toEqual([false, false, false]);
  });

  it('names the event that each answer rests on (R25)', async () => {
    const [established, removed] = await stage.stream('relationship-contoso~fabrikam');
    const [granted] = await stage.stream('privileges-contoso~fabrikam');
    const { body } = await stage.partner.get(`${PERMISSIONS}?asOf=${positions.removed}`);
    expect([body.transact.basis, body.administer.basis]).toEqual([removed?.id, granted?.id]);
    const before = await stage.partner.get(`${PERMISSIONS}?asOf=${positions.accepted}`);
    expect(before.body.transact.basis).toBe(established?.id);
    expect(before.body.order.because).toContain('it is connected to none');
  });

  it('is told as of a time at which the event store had recorded it (R25)', async () => {
    const { events } = (await stage.auditor.get(`${PAIR}/changes?from=0`)).body;
    const timeOf = (wanted: string) =>
      events.find(({ type }: { type: string }) => type === wanted).recordedAt as string;
    const before = new Date(Date.parse(timeOf('RelationshipEstablished')) - 1).toISOString();
    expect((await allowed(before))[0]).toBe(false);
    expect((await allowed(timeOf('RelationshipEstablished')))[0]).toBe(true);
    expect((await allowed(timeOf('DelegatedAdminPrivilegesRevoked')))[2]).toBe(false);
  });

  it('is another’s secret', async () => {
    const other = stage.with(await stage.token({ partner_id: 'tailspin' }));
    expect((await other.get(PERMISSIONS)).status).toBe(404);
    expect((await stage.customer.get(PERMISSIONS)).status).toBe(403);
  });
});

describe('A customer’s record', () => {
  it('is what it was at the moment asked about (C15, R25)', async () => {
    const at = async (asOf: string) => (await stage.partner.get(`${PAIR}?asOf=${asOf}`)).body;
    expect(await at(positions.invited)).toMatchObject({ status: 404, code: 'customer-not-found' });
    expect(await at(positions.accepted)).toMatchObject({ ...CUSTOMER, relationship: { status: 'established' } });
    expect(await at(positions.removed)).toMatchObject({
      relationship: { status: 'removed' },
      privileges: { status: 'in-force', asOf: positions.removed },
      manages: { account: { allowed: false }, users: { allowed: true } },
    });
  });

  it('as of the newest position is what the read model shows', async () => {
    const { position: past, ...told } = (await stage.partner.get(`${PAIR}?asOf=${positions.revoked}`)).body;
    const { position: now, ...shown } = (await stage.partner.get(`${PAIR}?minPosition=${positions.revoked}`)).body;
    expect({ ...told, privileges: { ...told.privileges, asOf: now } }).toEqual(shown);
    expect(past).toBeDefined();
  });
});

describe('The customer’s own view', () => {
  const OWN = '/v1/customers/fabrikam/partners';

  it('says who could administer the customer at any moment, whatever has been removed or revoked since (R25)', async () => {
    const at = async (asOf: string) => {
      const { body } = await stage.customer.get(`${OWN}?asOf=${asOf}`);
      expect(body.asOf).toBe(asOf);
      return body.items;
    };
    expect(await at(positions.invited)).toEqual([]);
    expect(await at(positions.accepted)).toMatchObject([
      {
        partnerId: 'contoso',
        relationship: { status: 'established' },
        privileges: { status: 'in-force' },
        residual: false,
      },
    ]);
    expect(await at(positions.removed)).toMatchObject([
      { relationship: { status: 'removed' }, privileges: { status: 'in-force' }, residual: true },
    ]);
    expect(await at(positions.revoked)).toMatchObject([{ privileges: { status: 'revoked' }, residual: false }]);
  });

  it('as of this very moment is what it is now', async () => {
    const { items: now } = (await stage.auditor.get(`${OWN}?minPosition=${positions.revoked}`)).body;
    const asOf = new Date(Date.now() - 1).toISOString();
    expect((await stage.auditor.get(`${OWN}?asOf=${asOf}`)).body.items).toEqual(now);
  });
});

describe('The changes between two moments', () => {
  it('name what changed and by which events: a removal leaves the privileges alone (R25)', async () => {
    const { body } = await stage.auditor.get(`${PAIR}/changes?from=${positions.accepted}&to=${positions.removed}`);
    const [, removed] = await stage.stream('relationship-contoso~fabrikam');
    expect(body.relationship).toMatchObject({
      ...{ changed: true, by: [removed?.id] },
      before: { status: 'established' },
      after: { status: 'removed' },
    });
    expect(body.privileges).toMatchObject({ changed: false, by: [], after: { status: 'in-force' } });
    expect(body.permissions).toMatchObject({ transact: { changed: true }, administer: { changed: false } });
    expect(body.events.map(({ type }: { type: string }) => type)).toEqual(['RelationshipRemoved']);
  });

  it('are none between two moments with nothing in between', async () => {
    const { body } = await stage.auditor.get(`${PAIR}/changes?from=${positions.revoked}`);
    expect([body.relationship.changed, body.privileges.changed, body.events]).toEqual([false, false, []]);
  });
});

describe('A moment', () => {
  const FUTURE = ['9'.repeat(19), '2999-01-01T00:00:00Z'];

  it.each(FUTURE)('that has not passed yet is refused, naming the field: %s', async (moment) => {
    for (const [path, field] of [
      [`${PERMISSIONS}?asOf=`, '/asOf'],
      [`${PAIR}?asOf=`, '/asOf'],
      [`${PAIR}/audit?asOf=`, '/asOf'],
      [`${PAIR}/changes?from=`, '/from'],
      [`${PAIR}/changes?from=0&to=`, '/to'],
    ] as const) {
      const { status, body } = await stage.partner.get(path + moment);
      expect([path, status, body.errors[0].pointer, body.errors[0].rule]).toEqual([path, 400, field, 'past']);
    }
  });

  it.each(['yesterday', '2026-11-01', '2026-11-01T10:00:00', '-1', '2026-13-01T10:00:00Z', '2026-02-30T10:00:00Z'])(
    'that is neither a position nor a time with its zone is refused: %s',
    async (moment) => {
      const { status, body } = await stage.partner.get(`${PERMISSIONS}?asOf=${moment}`);
      expect([status, body.errors[0].pointer]).toEqual([400, '/asOf']);
    },
  );

  it('to go from is not later than the one to go to', async () => {
    const { status, body } = await stage.partner.get(`${PAIR}/changes?from=${positions.removed}&to=0`);
    expect([status, body.errors[0].pointer]).toEqual([400, '/from']);
  });

  it.each([
    ['a position after a time', () => `from=${positions.removed}&to=2020-01-01T00:00:00Z`],
    ['a time after a position', () => `from=${new Date(Date.now() - 1).toISOString()}&to=0`],
  ])('to go from is not later than the one to go to, be it %s', async (_, between) => {
    const { status, body } = await stage.partner.get(`${PAIR}/changes?${between()}`);
    expect([status, body.errors?.[0].pointer]).toEqual([400, '/from']);
  });
});
