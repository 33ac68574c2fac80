import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../support/wait.js';
import { expectOnce, expectReadModelsToEqualTheLog } from './service/fold.fixture.js';
import { Load, refusal } from './service/load.fixture.js';
import type { Refused } from './service/load.fixture.js';
import { World } from './service/world.fixture.js';

/** Longer than any patience of the service: everything in flight is given up at least once. */
const FROZEN_MS = 8_000;
const PATIENCE_MS = 6_000;

let world: World;
let load: Load;
beforeEach(async () => {
  world = await World.open();
  load = new Load(world);
  await world.start();
  await load.start();
  await waitFor(() => load.commands > 50, { what: 'the load is under way' });
});
afterEach(() => world.close());

const expectBounded = (refused: readonly Refused[]) => {
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, retryAfter, ms } of refused) {
    expect([status, retryAfter]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(ms).toBeLessThan(PATIENCE_MS);
  }
};

const expectAllGoesOn = async () => {
  const before = load.commands;
  await waitFor(() => load.commands > before + 50, { what: 'commands go on by themselves' });
  await load.stop();
  expectOnce(await world.log(), load.acknowledged, { exactly: true });
  await expectReadModelsToEqualTheLog(world);
};

describe('A service whose event store is frozen under load', () => {
  it('answers 503 in bounded time, and goes on by itself with nothing lost or doubled (D7)', async () => {
    world.eventStore.freeze();
    await sleep(FROZEN_MS);
    const during = [...load.refused];
    world.eventStore.thaw();
    expectBounded(during);
    await expectAllGoesOn();
    expectBounded(load.refused);
    expect(load.slowestMs).toBeLessThan(PATIENCE_MS);
  }, 60_000);
});

describe('A service whose Redis is frozen under load', () => {
  /** Asks for lists and trails until Redis is thawed. */
  const query = async (paths: readonly string[], isOver: () => boolean): Promise<Refused[]> => {
    const auditor = await world.auditor();
    const answers: Refused[] = [];
    while (!isOver())
      for (const path of paths) {
        const started = performance.now();
        answers.push(refusal(await auditor.get(path), performance.now() - started));
        await sleep(20);
      }
    return answers;
  };

  it('accepts commands, answers queries with 503 in bounded time, and goes on by itself', async () => {
    const before = load.commands;
    world.redis.freeze();
    let thawed = false;
    const queries = query(['/v1/partners/contoso/customers', '/v1/partners/contoso/audit'], () => thawed);
    await sleep(FROZEN_MS);
    const accepted = load.commands - before;
    thawed = true;
    const answers = await queries;
    world.redis.thaw();
    expectBounded(answers);
    expect(accepted).toBeGreaterThan(50);
    expect(load.refused).toEqual([]);
    await expectAllGoesOn();
  }, 60_000);
});
