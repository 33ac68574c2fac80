import { setTimeout as sleep } from 'node:timers/promises';
import { Clients } from './service/clients.js';
import { expectSoundLog } from './service/log-checks.js';
import { expectAnsweredWithin, expectUnavailableOnly } from './service/promises.js';
import { expectReadModelsToEqual } from './service/read-models.js';
import { Readers } from './service/readers.js';
import { World } from './service/world.js';

const CLIENTS = 16;
const FROZEN_MS = 8_000;
const PATIENCE_MS = 6_000;
const UNAVAILABLE = ['event-store-unavailable'];

let world: World;
let clients: Clients;
beforeEach(async () => {
  world = await World.open();
  clients = new Clients(world);
});
afterEach(() => world.close());

const expectAnsweredAndNothingLostOrDoubled = async () => {
  await clients.stop();
  const { calls, acknowledged } = clients.journal;
  expectAnsweredWithin(PATIENCE_MS, calls);
  expectUnavailableOnly(UNAVAILABLE, calls);
  expect(calls.some(({ status }) => status === 503)).toBe(true);
  const log = await world.log();
  expectSoundLog(log, acknowledged);
  await expectReadModelsToEqual(log, world);
};

describe('A service whose event store stops answering (D7)', () => {
  it('answers every call in time while the store is frozen under load, and goes on by itself', async () => {
    await world.start();
    await clients.start(CLIENTS);
    await clients.progress(50);
    const readers = new Readers(world);
    readers.start();
    world.eventStore.freeze();
    await sleep(FROZEN_MS);
    await readers.stop();
    expectUnavailableOnly([], readers.journal.calls);
    world.eventStore.thaw();
    await clients.progress(200);
    await expectAnsweredAndNothingLostOrDoubled();
  }, 60_000);

  it('answers every call in time when the store is killed under load and comes back, and goes on by itself', async () => {
    await world.start();
    await clients.start(CLIENTS);
    for (let time = 0; time < 3; time++) {
      await clients.progress(50);
      await world.restartEventStore();
    }
    await clients.progress(100);
    await expectAnsweredAndNothingLostOrDoubled();
  }, 60_000);

  it('starts without the store, and takes commands as soon as it answers', async () => {
    world.eventStore.freeze();
    await world.start();
    const started = clients.start(CLIENTS);
    await clients.refused(1);
    world.eventStore.thaw();
    await started;
    await clients.progress(50);
    await expectAnsweredAndNothingLostOrDoubled();
  }, 60_000);
});
