import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../support/service.js';
import { Clients } from './service/clients.js';
import { expectSoundLog } from './service/log-checks.js';
import { expectReadModelsToEqual } from './service/read-models.js';
import { World } from './service/world.js';

const SECONDS = Number(process.env['FAULT_SECONDS'] ?? 20);
const KILL_EVERY_MS = 2_000;
const CLIENTS = 8;

let world: World;
let projectors: Service[] = [];
afterEach(async () => {
  await Promise.all(projectors.map((projector) => projector.kill()));
  await world.close();
});

const start = () => world.startBeside({ ROLES: 'projector' });

describe('Two projectors, one of which is killed every two seconds', () => {
  it(`lose nothing, double nothing and give nothing up, under load for ${SECONDS} s`, async () => {
    world = await World.open();
    await world.start({ ROLES: 'api,workflow' });
    projectors = await Promise.all([start(), start()]);
    const clients = new Clients(world);
    await clients.start(CLIENTS);
    for (let killed = 0; killed * KILL_EVERY_MS < SECONDS * 1_000; killed += 1) {
      await sleep(KILL_EVERY_MS);
      const victim = killed % 2;
      await projectors[victim]?.kill();
      projectors[victim] = await start();
    }
    await clients.stop();
    const log = await world.log();
    expectSoundLog(log, clients.journal.acknowledged);
    await expectReadModelsToEqual(log, world);
    const { body } = await (await world.auditor()).get('/health/ready');
    for (const model of ['customer-list', 'audit-trail', 'residual-privileges', 'notices-due'])
      expect(body.details.projections[model]).toMatchObject({ failure: null, next: null });
  }, 180_000);
});
