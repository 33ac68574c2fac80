import { randomUUID } from 'node:crypto';
import { ACTOR } from '../../projections/kernel/history.fixture.js';
import { established } from '../../projections/kernel/pair.fixture.js';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import { EventStoreUnavailable } from '../../src/platform/event-store/errors.js';
import type { Server } from '../support/servers.js';
import { scratchFolder, startEventStore } from '../support/servers.js';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let node: Server;
let store: EventStore;
beforeAll(async () => {
  folder = await scratchFolder();
  node = await startEventStore(folder.path);
  store = new EventStore(node.url);
});
afterAll(async () => {
  await store.onApplicationShutdown();
  await node.kill();
  await folder.remove();
});

const ids = { commandId: randomUUID(), correlationId: 'c', causationId: 'c', fingerprint: 'f', schemaVersion: 2 };
const anEvent = () => ({ id: randomUUID(), event: established(), metadata: { actor: ACTOR, ...ids } });

describe('Whether a stream is vacant', () => {
  it('is asked without leaving anything in the log', async () => {
    const before = await store.head();
    expect(await store.isVacant('relationship-a~b')).toBe(true);
    expect(await store.head()).toBe(before);
    expect((await store.append('relationship-a~b', [anEvent()], null)).revision).toBe(0n);
  });

  it('is denied once an event stands in it (D5)', async () => {
    await store.append('relationship-a~c', [anEvent()], null);
    expect(await store.isVacant('relationship-a~c')).toBe(false);
  });

  it('is not known while the event store does not answer', async () => {
    node.freeze();
    await expect(store.isVacant('relationship-a~d')).rejects.toThrow(EventStoreUnavailable);
    node.thaw();
  });
});
