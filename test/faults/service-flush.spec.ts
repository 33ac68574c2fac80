import { Redis } from 'ioredis';
import { waitFor } from '../support/wait.js';
import { expectOnce, expectReadModelsToEqualTheLog } from './service/fold.fixture.js';
import { Load } from './service/load.fixture.js';
import { World } from './service/world.fixture.js';

let world: World;
let redis: Redis;
beforeEach(async () => {
  world = await World.open();
  redis = new Redis(world.redis.url);
  await world.start();
});
afterEach(async () => {
  redis.disconnect();
  await world.close();
});

describe('A service whose Redis is emptied', () => {
  it('builds its read models again while commands come in, and they equal the log', async () => {
    const load = new Load(world);
    await load.start();
    for (const commands of [100, 200, 300]) {
      await waitFor(() => load.commands > commands, { what: 'the load is under way' });
      await redis.flushall();
    }
    await load.stop();
    expectOnce(await world.log(), load.acknowledged, { exactly: true });
    await expectReadModelsToEqualTheLog(world);
  }, 60_000);

  it('gives the same answers as before when nothing happens meanwhile', async () => {
    const load = new Load(world);
    await load.start();
    await waitFor(() => load.commands > 50, { what: 'the load is under way' });
    await load.stop();
    const auditor = await world.auditor();
    const paths = ['/v1/partners/contoso/customers', '/v1/audit?limit=200', '/v1/residual-privileges'];
    const answers = () => Promise.all(paths.map((path) => auditor.get(path)));
    await expectReadModelsToEqualTheLog(world);
    const before = (await answers()).map(({ body }) => body.items);
    await redis.flushall();
    await waitFor(async () => (await answers()).every(({ status }) => status === 200), { what: 'all is back' });
    expect((await answers()).map(({ body }) => body.items)).toEqual(before);
    await expectReadModelsToEqualTheLog(world);
  }, 60_000);
});
