import { setTimeout as sleep } from 'node:timers/promises';
import { READ_MODELS } from '../../projections/runner/read-models.js';
import type { Service } from '../support/service.js';
import { Clients } from './service/clients.js';
import { expectSoundLog } from './service/log-checks.js';
import { expectInvitationsToEqual, expectReadModelsToEqual } from './service/read-models.js';
import { World } from './service/world.js';

/** How long the load lasts: short in `npm test`, longer when asked for. */
const SECONDS = Number(process.env['FAULT_SECONDS'] ?? 6);
const KILL_EVERY_MS = 2_000;
const CLIENTS = 8;

let world: World;
let projectors: Promise<Service>[] = [];
afterEach(async () => {
  for (const projector of projectors) await (await projector).kill();
  await world.close();
});

const start = () => world.startBeside({ ROLES: 'projector' });

const replaced = async (running: Service | undefined): Promise<Service> => {
  await running?.kill();
  return start();
};

describe('Two projectors, one of which is killed every two seconds', () => {
  it(
    `lose nothing, double nothing and give nothing up, under load for ${SECONDS} s`,
    async () => {
      world = await World.open();
      await world.start({ ROLES: 'api,workflow' });
      projectors = [start(), start()];
      await Promise.all(projectors);
      const clients = new Clients(world);
      await clients.start(CLIENTS);
      const began = Date.now();
      let killed = 0;
      while (killed * KILL_EVERY_MS < SECONDS * 1_000) {
        await sleep(began + (killed + 1) * KILL_EVERY_MS - Date.now());
        const victim = killed % 2;
        const running = await projectors[victim];
        projectors[victim] = replaced(running);
        killed += 1;
      }
      await Promise.all(projectors);
      await clients.stop();
      const log = await world.log();
      expectSoundLog(log, clients.journal.acknowledged);
      await expectReadModelsToEqual(log, world);
      await expectInvitationsToEqual(log, world);
      const { body } = await (await world.auditor()).get('/health/ready');
      const parked = { count: 0, refused: [] };
      for (const { name } of READ_MODELS)
        expect(body.details.projections[name]).toMatchObject({ failure: null, next: null, parked });
      if (SECONDS > 20) process.stderr.write(`${killed} killed, ${log.length} events, all read models equal a fold\n`);
    },
    180_000 + 2_000 * SECONDS,
  );
});
