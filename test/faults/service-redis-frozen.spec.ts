import { setTimeout as sleep } from 'node:timers/promises';
import { Clients } from './service/clients.js';
import { expectSoundLog } from './service/log-checks.js';
import { expectAnsweredWithin, expectUnavailableOnly } from './service/promises.js';
import { expectReadModelsToEqual, expectRightForTheirPosition } from './service/read-models.js';
import { PAGE, Readers } from './service/readers.js';
import { World } from './service/world.js';

const CLIENTS = 8;
const FROZEN_MS = 3_000;
const PATIENCE_MS = 2_000;
const UNAVAILABLE = ['read-model-unavailable', 'read-model-rebuilding'];

let world: World;
let clients: Clients;
let readers: Readers;
beforeEach(async () => {
  world = await World.open();
  clients = new Clients(world);
  readers = new Readers(world);
});
afterEach(() => world.close());

/** Commands never notice; queries are refused in time, or right; in the end everything is shown. */
const expectOnlyQueriesToSuffer = async () => {
  await clients.stop();
  await readers.stop();
  expectUnavailableOnly([], clients.journal.calls);
  expectAnsweredWithin(PATIENCE_MS, clients.journal.calls);
  expectUnavailableOnly(UNAVAILABLE, readers.journal.calls);
  expectAnsweredWithin(PATIENCE_MS, readers.journal.calls);
  expect(readers.journal.calls.some(({ status }) => status === 503)).toBe(true);
  const log = await world.log();
  expectSoundLog(log, clients.journal.acknowledged);
  await expectReadModelsToEqual(log, world);
  expectRightForTheirPosition(readers.shown, log, PAGE);
};

describe('A service whose Redis stops answering', () => {
  it('takes commands while Redis is frozen, and shows what was written meanwhile as soon as it answers', async () => {
    await world.start();
    await clients.start(CLIENTS);
    readers.start();
    await clients.progress(50);
    world.redis.freeze();
    await sleep(FROZEN_MS);
    const auditor = await world.auditor();
    expect((await auditor.get('/v1/audit')).body.code).toBe('read-model-unavailable');
    await clients.progress(50);
    world.redis.thaw();
    await readers.progress();
    await expectOnlyQueriesToSuffer();
  }, 60_000);

  it('builds its read models again when Redis comes back with nothing in it', async () => {
    await world.start();
    await clients.start(CLIENTS);
    readers.start();
    for (let time = 0; time < 3; time++) {
      await clients.progress(50);
      await world.restartRedis();
      await readers.progress();
    }
    await expectOnlyQueriesToSuffer();
  }, 60_000);

  it('starts without Redis, and builds its read models as soon as it answers', async () => {
    world.redis.freeze();
    await world.start();
    await clients.start(CLIENTS);
    readers.start();
    await clients.progress(50);
    world.redis.thaw();
    await readers.progress();
    await expectOnlyQueriesToSuffer();
  }, 60_000);
});
