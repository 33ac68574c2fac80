import type { Api } from '../support/api.js';
import { World } from '../faults/service/world.js';
import { currentAttestation } from '../../src/relationships/attestation.js';

const KEYS = {
  old: `old:${Buffer.alloc(32, 1).toString('base64url')}`,
  new: `new:${Buffer.alloc(32, 2).toString('base64url')}`,
};
const PARTNERS = ['contoso', 'northwind'];
const notice = { required: true, to: 'customer', given: false };
const REMOVAL = { reason: 'over', attestation: currentAttestation(), notice };

let world: World;
let auditor: Api;
beforeAll(async () => {
  world = await World.open();
  await world.start({ SECRET_KEYS: KEYS.old });
  auditor = await world.auditor();
  for (const partnerId of PARTNERS) {
    const partner = await world.partner(partnerId);
    const of = `/v1/partners/${partnerId}`;
    await partner.post(`${of}/enrol`, { name: partnerId, kind: 'indirect-reseller' });
    for (const customerId of ['adatum', 'fabrikam', 'tailspin', 'woodgrove']) {
      const contact = { name: 'Ana Souza', email: `${customerId}@example.com` };
      const asked = { contact, origin: 'own-marketing', done: true };
      const { body } = await partner.post(`${of}/invitations`, asked);
      await partner.post(`${of}/invitations`, {
        ...asked,
        contact: { ...contact, email: `open-${customerId}@example.com` },
      });
      const secret = body.draft.link.split('#')[1];
      const customer = { name: customerId, domain: `${customerId}.example` };
      const accepting = { secret, customer, privileges: 'grant' };
      const { invitationId } = body.invitation;
      await (await world.customer(customerId)).post(`/v1/invitations/${invitationId}/accept`, accepting);
    }
    for (const customerId of ['adatum', 'fabrikam'])
      ({ position: last } = (await partner.post(`${of}/customers/${customerId}/removal`, REMOVAL)).body);
  }
});
afterAll(() => world.close());

let last: string;
/** Every list that has pages; some filter of it, and another one. */
const LISTS: readonly (readonly [path: string, filter: string, other: string])[] = [
  ['/v1/partners/contoso/customers', 'sort=since', 'sort=name'],
  ['/v1/partners/contoso/customers', 'origin=own-marketing', 'role=reseller'],
  ['/v1/partners/contoso/audit', 'type=InvitationDrafted', 'type=InvitationSent'],
  ['/v1/partners/contoso/customers/adatum/audit', '', 'from=2020-01-01T00:00:00Z'],
  ['/v1/customers/adatum/audit', '', 'actor=alice'],
  ['/v1/audit', 'to=2100-01-01T00:00:00Z', 'to=2100-01-01T00:00:01Z'],
  ['/v1/partners/contoso/residual-privileges', '', ''],
  ['/v1/residual-privileges', '', ''],
  ['/v1/partners/contoso/notices', 'overdue=false', ''],
  ['/v1/partners/contoso/invitations', 'status=open', 'status=accepted'],
];
const page = (path: string, filter: string, cursor?: string | null, api = auditor) =>
  api.get(`${path}?limit=1&minPosition=${last}&${filter}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
const first = async (path: string, filter: string): Promise<string> => {
  const { status, body } = await page(path, filter);
  expect([path, status, typeof body.next]).toEqual([path, 200, 'string']);
  return body.next as string;
};
const refusal = { status: 422, code: 'cursor-invalid', pointer: 'cursor' };
const elsewhere = (path: string) =>
  path.includes('contoso')
    ? path.replace('contoso', 'northwind')
    : path.replace('customers/adatum', 'customers/fabrikam');

describe.each(LISTS)('A cursor of %s with %s', (path, filter, other) => {
  it('gives the next page', async () => {
    const [one, two] = [await page(path, filter), await page(path, filter, await first(path, filter))];
    expect(two.status).toBe(200);
    expect(two.body.items).toHaveLength(1);
    expect(two.body.items).not.toEqual(one.body.items);
  });

  it('is refused when it was altered, anywhere', async () => {
    const cursor = await first(path, filter);
    for (let at = 0; at < cursor.length; at += 1) {
      const other = cursor[at] === 'A' ? 'B' : 'A';
      const { status, body, headers } = await page(path, filter, cursor.slice(0, at) + other + cursor.slice(at + 1));
      expect([at, status, body]).toEqual([at, 422, expect.objectContaining(refusal)]);
      expect(headers.get('content-type')).toContain('application/problem+json');
    }
    const forged = cursor.replace(/\.[^.]*\./, `.${Buffer.from('zzz').toString('base64url')}.`);
    for (const wrong of [forged, `${cursor}A`, cursor.slice(0, -1), Buffer.from('zzz').toString('base64url'), '..'])
      expect((await page(path, filter, wrong)).body).toMatchObject(refusal);
  });

  it('is refused with another filter or sort, of another tenant, and of another list', async () => {
    const cursor = await first(path, filter);
    if (other !== filter) expect((await page(path, other, cursor)).body).toMatchObject(refusal);
    if (elsewhere(path) !== path) expect((await page(elsewhere(path), filter, cursor)).body).toMatchObject(refusal);
    for (const [list, asked] of LISTS)
      if (list !== path) expect([list, (await page(list, asked, cursor)).body]).toMatchObject([list, refusal]);
  });
});

describe('A cursor', () => {
  const PATH = '/v1/partners/contoso/customers';

  it('may come with another limit, another minPosition and defaults spelled out, from whoever may read the list', async () => {
    const cursor = await first(PATH, '');
    const partner = await world.partner('contoso');
    const again = await partner.get(`${PATH}?limit=7&sort=name&cursor=${cursor}`);
    expect([again.status, again.body.next]).toEqual([200, null]);
  });

  it('says nothing to another tenant, whose list it is not', async () => {
    const cursor = await first(PATH, '');
    const answer = await (await world.partner('northwind')).get(`${PATH}?cursor=${cursor}`);
    expect(answer.status).toBe(404);
  });

  it.each(['&cursor=a&cursor=b', '&cursor[x]=1', `&cursor=${'x'.repeat(5_000)}`])('is one text: %s', async (wrong) => {
    const { status, body } = await auditor.get(`${PATH}?limit=1${wrong.slice(0, 6_000)}`);
    expect([status, body.code]).toEqual([400, 'validation-failed']);
  });

  it('stays good while keys are rotated, and is refused once its key is gone', async () => {
    const cursor = await first(PATH, '');
    const read = async (keys: string, sent: string) => {
      const service = await world.startBeside({ SECRET_KEYS: keys, ROLES: 'api' });
      const { body, status } = await page(PATH, '', sent, auditor.at(service.url));
      await service.kill();
      return { status, next: body.next as string };
    };
    const both = await read(`${KEYS.new},${KEYS.old}`, cursor);
    expect([both.status, both.next]).toEqual([200, null]);
    expect((await read(KEYS.new, cursor)).status).toBe(422);
    const fresh = await startedWith(`${KEYS.new},${KEYS.old}`);
    expect(fresh.startsWith('new.')).toBe(true);
    expect((await read(KEYS.new, fresh)).status).toBe(200);
  });

  const startedWith = async (keys: string): Promise<string> => {
    const service = await world.startBeside({ SECRET_KEYS: keys, ROLES: 'api' });
    const { body } = await page(PATH, '', null, auditor.at(service.url));
    await service.kill();
    return body.next as string;
  };
});
