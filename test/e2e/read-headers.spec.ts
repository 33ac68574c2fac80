import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, openStage } from './stage.fixture.js';

interface Route {
  readonly parameters?: readonly { readonly name: string }[];
}

const FUTURE = '99999999999999';
/** They read streams, whose revision they answer, or what is written in the service itself. */
const OF_NO_POSITION = [
  '/v1/attestations/current',
  '/v1/attestations/{version}',
  '/v1/partners/{partnerId}/invitations/{invitationId}',
  '/v1/partners/{partnerId}/providers',
];
/** Read from the log, which is always ahead of whatever was answered. */
const OF_THE_LOG = ['/v1/partners/{partnerId}/customers/{customerId}/audit'];

let stage: Stage;
let position: string;
let routes: [path: string, route: Route][];
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
  const { path, secret } = await stage.invite();
  ({ position } = (
    await stage.customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'grant' })
  ).body);
  const { paths } = (await stage.with('').get('/docs/openapi.json')).body as { paths: Record<string, { get?: Route }> };
  routes = Object.entries(paths).flatMap(([route, { get }]) => (get && route.startsWith('/v1') ? [[route, get]] : []));
});
afterAll(() => stage.close());

const MOMENT = '2020-01-01T00:00:00.000Z';
const addressOf = (path: string): string => path.replace('{partnerId}', 'contoso').replace('{customerId}', 'fabrikam');
const needs = ({ parameters = [] }: Route, name: string) => parameters.some((one) => one.name === name);
const ask = (path: string, route: Route, min: string) => {
  const period = path.endsWith('/changes') ? `from=${MOMENT}&to=${new Date().toISOString()}` : '';
  return stage.auditor.get(`${addressOf(path)}?${needs(route, 'minPosition') ? `minPosition=${min}` : period}`);
};

describe('Every query', () => {
  it('says in its headers up to where it has read, and how old that may be', async () => {
    const queries = routes.filter(([path]) => !OF_NO_POSITION.includes(path));
    expect(queries.length).toBeGreaterThanOrEqual(13);
    for (const [path, route] of queries) {
      const { status, headers, body } = await ask(path, route, position);
      expect([path, status, headers.get('read-position')]).toEqual([path, 200, body.position]);
      expect(BigInt(body.position)).toBeGreaterThanOrEqual(needs(route, 'minPosition') ? BigInt(position) : 0n);
      expect([path, headers.get('read-age')]).toEqual([path, expect.stringMatching(/^\d$/)]);
    }
  });

  it('says so of what is not there, too', async () => {
    const path = `/v1/partners/contoso/customers/nobody?minPosition=${position}`;
    const { status, headers } = await stage.auditor.get(path);
    expect(status).toBe(404);
    expect(BigInt(headers.get('read-position') ?? 0)).toBeGreaterThanOrEqual(BigInt(position));
    expect(headers.get('read-age')).toMatch(/^\d$/);
  });

  it('that cannot read what its caller has written answers within the time promised when to ask again', async () => {
    const waiting = routes.filter(([path, route]) => needs(route, 'minPosition') && !OF_THE_LOG.includes(path));
    expect(waiting.length).toBeGreaterThanOrEqual(10);
    await Promise.all(
      waiting.map(async ([path, route]) => {
        const began = Date.now();
        const { status, headers, body } = await ask(path, route, FUTURE);
        expect([path, status, body.code]).toEqual([path, 503, 'read-model-late']);
        expect([path, headers.get('retry-after')]).toEqual([path, '1']);
        expect(Date.now() - began).toBeLessThan(4_000);
      }),
    );
  });
});
