import { Redis } from 'ioredis';
import { Clients } from './service/clients.js';
import { expectUnavailableOnly } from './service/promises.js';
import { expectReadModelsToEqual, expectRightForTheirPosition } from './service/read-models.js';
import { PAGE, Readers } from './service/readers.js';
import { World } from './service/world.js';

const CLIENTS = 8;
const FLUSHES = 5;
const REBUILDING = ['read-model-rebuilding'];

let world: World;
let clients: Clients;
let readers: Readers;
beforeEach(async () => {
  world = await World.open();
  await world.start();
  clients = new Clients(world);
  readers = new Readers(world);
});
afterEach(() => world.close());

const flushAll = async () => {
  const redis = new Redis(world.redis.url);
  await redis.flushall();
  redis.disconnect();
};

const expectNeverAWrongList = async () => {
  await readers.stop();
  const log = await world.log();
  await expectReadModelsToEqual(log, world);
  expectUnavailableOnly(REBUILDING, readers.journal.calls);
  expectRightForTheirPosition(readers.shown, log, PAGE);
};

describe('A service whose Redis is emptied', () => {
  it('shows no wrong list while commands are running, and every right one in the end', async () => {
    await clients.start(CLIENTS);
    readers.start();
    for (let time = 0; time < FLUSHES; time++) {
      await clients.progress(20);
      await flushAll();
      await readers.progress();
    }
    await clients.stop();
    await expectNeverAWrongList();
  }, 60_000);

  it('notices while nothing happens, and shows every list again by itself', async () => {
    await clients.start(CLIENTS);
    await clients.progress(50);
    await clients.stop();
    readers.start();
    await readers.progress();
    await flushAll();
    await readers.progress();
    await expectNeverAWrongList();
  }, 60_000);
});
