import { Api } from '../support/api.js';
import type { Server } from '../support/servers.js';
import { scratchFolder, startEventStore, startRedis } from '../support/servers.js';
import type { Service } from '../support/service.js';
import { Issuer, startService } from '../support/service.js';
import { waitFor } from '../support/wait.js';

const PARTNER = { sub: 'alice', role: 'partner-admin-agent', partner_id: 'contoso' };
const CUSTOMERS = '/v1/partners/contoso/customers';

describe('Processes that share the roles of the service', () => {
  let folder: Awaited<ReturnType<typeof scratchFolder>>;
  let servers: Server[];
  let issuer: Issuer;
  let token: string;
  const running: Service[] = [];
  const start = async (role: string): Promise<Service> => {
    const [eventStore, redis] = servers as [Server, Server];
    const address = { EVENTSTORE_URL: eventStore.url, REDIS_URL: redis.url, DATA_DIR: `${folder.path}/${role}` };
    const service = await startService({ ...address, ...issuer.environment, ROLES: role });
    running.push(service);
    return service;
  };
  const as = ({ url }: Service) => new Api(url, token);

  beforeAll(async () => {
    folder = await scratchFolder();
    servers = await Promise.all([startEventStore(`${folder.path}/event-store`), startRedis(folder.path)]);
    issuer = await Issuer.in(folder.path);
    token = await issuer.sign(PARTNER);
  });
  afterAll(async () => {
    await Promise.all(running.map((service) => service.kill()));
    await Promise.all(servers.map((server) => server.kill()));
    await folder.remove();
  });

  it('answer together what none of them can alone', async () => {
    const api = await start('api');
    const enrolled = await as(api).post('/v1/partners/contoso/enrol', { name: 'Contoso', kind: 'indirect-reseller' });
    expect(enrolled.status).toBe(201);
    expect((await as(api).get(CUSTOMERS)).body.code).toBe('read-model-rebuilding');
    const projector = await start('projector');
    const { position } = enrolled.body as { position: string };
    const list = () => as(api).get(`${CUSTOMERS}?minPosition=${position}`);
    await waitFor(async () => (await list()).status === 200);
    const { headers } = await list();
    expect(BigInt(headers.get('read-position') ?? 0)).toBeGreaterThanOrEqual(BigInt(position));
    expect(Number(headers.get('read-age'))).toBeLessThanOrEqual(3);
    expect((await as(api).get('/health/ready')).status).toBe(200);
    expect((await as(projector).get(CUSTOMERS)).status).toBe(404);
    expect((await as(projector).get('/health/live')).status).toBe(200);
  });

  it('say how old their answers are when nobody keeps the read models, and are well again by a successor', async () => {
    const [api, projector] = running as [Service, Service];
    await projector.kill();
    const age = async () => Number((await as(api).get(CUSTOMERS)).headers.get('read-age'));
    await waitFor(async () => (await age()) >= 3);
    const late = await as(api).get(`${CUSTOMERS}?minPosition=99999999999`);
    expect([late.status, late.body.code, late.headers.get('retry-after')]).toEqual([503, 'read-model-late', '1']);
    await start('projector');
    const died = Date.now();
    await waitFor(async () => (await age()) <= 1);
    expect(Date.now() - died).toBeLessThan(10_000);
  });

  it('carry out a workflow alone, and answer nothing else', async () => {
    const workflow = await start('workflow');
    expect((await as(workflow).get(CUSTOMERS)).status).toBe(404);
    expect((await as(workflow).get('/health/live')).status).toBe(200);
  });
});
