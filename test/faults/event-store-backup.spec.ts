import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { scratchFolder, startEventStore, type Server } from '../support/servers.js';
import { waitFor } from '../support/wait.js';
import { runTool, startTool } from './event-store/tool.js';
import { allOf, lineOf } from './event-store/wire-log.js';

const WRITERS = 8;

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let node: Server;
let client: EventStoreDBClient;
beforeEach(async () => {
  folder = await scratchFolder();
  node = await startEventStore(`${folder.path}/node`);
  client = EventStoreDBClient.connectionString(node.url);
});
afterEach(async () => {
  await client.dispose();
  await node.kill();
  await folder.remove();
});

const noted = () => jsonEvent({ id: randomUUID(), type: 'Noted', data: { text: 'x'.repeat(300) } });

/** Appends to some streams, without pause, until stopped; knows what was acknowledged. */
const startLoad = () => {
  const acknowledged: string[] = [];
  let stopped = false;
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let next = 0; !stopped; next++) {
      const event = noted();
      const expectedRevision = next === 0 ? NO_STREAM : BigInt(next - 1);
      await client.appendToStream(`load-${writer}`, event, { expectedRevision });
      acknowledged.push(event.id);
    }
  });
  const stop = async () => {
    stopped = true;
    await Promise.all(writers);
  };
  return { acknowledged, stop };
};

/** Starts a node on a backup, for as long as it is looked at. */
const restored = async <T>(data: string, look: (url: string) => Promise<T>): Promise<T> => {
  const copy = await startEventStore(data);
  try {
    return await look(copy.url);
  } finally {
    await copy.kill('SIGTERM');
  }
};

describe('a backup of an event store that is being written to', () => {
  it('is a prefix of the log with all that was acknowledged before it began, while appends go on', async () => {
    for (let i = 0; i < 10; i++) await client.appendToStream(`past-${i}`, Array.from({ length: 300 }, noted));
    await client.deleteStream('past-0');
    await client.tombstoneStream('past-1');
    const load = startLoad();
    await waitFor(() => load.acknowledged.length > 200, { what: 'the load is under way' });
    const before = [...load.acknowledged];
    const result = await runTool('backup', `${folder.path}/backup`, '--data', `${folder.path}/node`);
    const meanwhile = load.acknowledged.length - before.length;
    await load.stop();

    expect(result).toMatchObject({ code: 0, output: expect.stringContaining('"verified":true') });
    expect(meanwhile).toBeGreaterThan(20);
    const [all, saved] = [await allOf(node.url), await restored(`${folder.path}/backup`, allOf)];
    expect(saved.length).toBeGreaterThan(3_000 + before.length);
    expect(saved.map(lineOf)).toEqual(all.slice(0, saved.length).map(lineOf));
    const ids = new Set(saved.map(({ id }) => id));
    expect(before.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('goes on as the log would have: revisions, positions and deletions are known', async () => {
    await client.appendToStream('kept', [noted(), noted()]);
    await client.appendToStream('deleted', noted());
    await client.deleteStream('deleted');
    await client.appendToStream('ended', noted());
    await client.tombstoneStream('ended');
    expect((await runTool('backup', `${folder.path}/backup`, '--from', node.url)).code).toBe(0);
    const event = noted();
    const appendAll = async (url: string) => {
      const other = EventStoreDBClient.connectionString(url);
      const outcomes = await Promise.allSettled([
        other.appendToStream('kept', event, { expectedRevision: 1n }),
        other.appendToStream('deleted', event, { expectedRevision: 0n }),
        other.appendToStream('ended', event),
      ]);
      await other.dispose();
      return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.type));
    };
    expect(await restored(`${folder.path}/backup`, appendAll)).toEqual(await appendAll(node.url));
  });
});

describe('a backup that does not come about', () => {
  it('leaves nothing under its name when it is killed', async () => {
    for (let i = 0; i < 20; i++) await client.appendToStream(`past-${i}`, Array.from({ length: 500 }, noted));
    const { process, ended } = startTool('backup', `${folder.path}/backup`, '--from', node.url);
    await waitFor(async () => (await readdir(folder.path)).some((name) => name.startsWith('backup.partial-')));
    process.kill('SIGTERM');
    expect((await ended).code).toBe(1);
    expect(await readdir(folder.path)).toEqual(['node']);
  });

  it('does not touch a folder that holds something, and asks for a node that runs', async () => {
    const inUse = await runTool('backup', `${folder.path}/node`, '--from', node.url);
    expect(inUse).toMatchObject({ code: 1, errors: expect.stringMatching(/node is not empty: name a folder/) });
    await node.kill();
    const stopped = await runTool('backup', `${folder.path}/backup`, '--data', `${folder.path}/node`);
    expect(stopped).toMatchObject({ code: 1, errors: expect.stringMatching(/^No node runs on .*copied as it is/) });
  });
});
