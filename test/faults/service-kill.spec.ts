import { waitFor } from '../support/wait.js';
import { expectOnce, expectReadModelsToEqualTheLog } from './service/fold.fixture.js';
import { Load } from './service/load.fixture.js';
import { World } from './service/world.fixture.js';

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 20);
const MOST_COMMANDS = 60;

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

describe('A service that is killed in the midst of its commands', () => {
  it(`keeps each acknowledged command once, and its read models equal the log, ${ROUNDS} times (D1, D7)`, async () => {
    const load = new Load(world);
    await world.start();
    await load.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      const enough = load.commands + 1 + Math.random() * MOST_COMMANDS;
      await waitFor(() => load.commands >= enough, { ms: 20_000, what: 'commands are acknowledged' });
      await world.kill();
      expectOnce(await world.log(), load.acknowledged, { exactly: false });
      await world.start();
    }
    await load.stop();
    expect(load.commands).toBeGreaterThan(ROUNDS);
    expectOnce(await world.log(), load.acknowledged, { exactly: true });
    await expectReadModelsToEqualTheLog(world);
  }, 180_000);
});
