import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../support/service.js';
import { expectOnce, expectReadModelsToEqualTheLog } from './service/fold.fixture.js';
import { Load } from './service/load.fixture.js';
import { World } from './service/world.fixture.js';

const SECONDS = Number(process.env['FAULT_SECONDS'] ?? 20);
const KILL_EVERY_MS = 2_000;

describe('Two projectors, one of which is killed every two seconds', () => {
  it(`lose nothing, double nothing and give nothing up, under load for ${SECONDS} s`, async () => {
    const world = await World.open();
    const load = new Load(world);
    const start = () => world.startBeside({ ROLES: 'projector' });
    await world.start({ ROLES: 'api,workflow' });
    const projectors: Service[] = await Promise.all([start(), start()]);
    await load.start();
    const deadline = Date.now() + SECONDS * 1_000;
    let killed = 0;
    for (; Date.now() < deadline; killed += 1) {
      await sleep(KILL_EVERY_MS);
      const victim = killed % 2;
      await projectors[victim]?.kill();
      projectors[victim] = await start();
    }
    await load.stop();
    expectOnce(await world.log(), load.acknowledged, { exactly: true });
    await expectReadModelsToEqualTheLog(world);
    const { body } = await (await world.auditor()).get('/health/ready');
    for (const model of ['customer-list', 'audit-trail', 'residual-privileges', 'notices-due'])
      expect(body.details.projections[model]).toMatchObject({ failure: null, next: null });
    console.log(`${killed} projectors killed, ${load.commands} commands`);
    await Promise.all(projectors.map((projector) => projector.kill()));
    await world.close();
  }, 180_000);
});
