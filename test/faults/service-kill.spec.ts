import { Clients } from './service/clients.js';
import { expectSoundLog } from './service/log-checks.js';
import { expectReadModelsToEqual } from './service/read-models.js';
import { World } from './service/world.js';

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 6);
const CLIENTS = 16;
const MOST_COMMANDS = 24;

let world: World;
afterEach(() => world.close());

describe('A service that is killed while commands are on their way', () => {
  it(`keeps each command it acknowledged, and takes each in once, ${ROUNDS} times (D1, D7)`, async () => {
    world = await World.open();
    await world.start();
    const clients = new Clients(world);
    await clients.start(CLIENTS);
    for (let round = 0; round < ROUNDS; round++) {
      await clients.progress(1 + Math.floor(Math.random() * MOST_COMMANDS));
      await world.restart();
    }
    await clients.stop();

    const { acknowledged, unanswered } = clients.journal;
    expect(unanswered).toBeGreaterThan(ROUNDS);
    expect(acknowledged.length).toBeGreaterThan(ROUNDS);
    const log = await world.log();
    expectSoundLog(log, acknowledged);
    await expectReadModelsToEqual(log, world);
  }, 180_000);
});
