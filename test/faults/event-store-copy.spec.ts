import { EventStoreDBClient, StreamDeletedError, StreamNotFoundError, jsonEvent } from '@eventstore/db-client';
import { scratchFolder, startEventStore, type Server } from '../support/servers.js';
import { waitFor } from '../support/wait.js';
import { runTool, startTool } from './event-store/tool.js';
import { allOf, appendBytes, carriedOf } from './event-store/wire-log.js';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let source: Server;
let target: Server;
let client: EventStoreDBClient;
beforeEach(async () => {
  folder = await scratchFolder();
  source = await startEventStore(`${folder.path}/source`);
  target = await startEventStore(`${folder.path}/target`);
  client = EventStoreDBClient.connectionString(source.url);
});
afterEach(async () => {
  await client.dispose();
  await Promise.all([source.kill(), target.kill()]);
  await folder.remove();
});

const noted = (number: number) => jsonEvent({ type: 'Noted', data: { number } });
const copy = (...options: string[]) => runTool('copy', source.url, target.url, ...options);

/** Events that alternate between streams, so that each is an append of its own. */
const alternate = async (count: number, first = 0) => {
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  await Promise.all(numbers.map((i) => client.appendToStream(`turn-${i % 2}`, noted(i))));
};

describe('copying an event store to another', () => {
  it('keeps order, revisions, ids, types, content types and every byte', async () => {
    for (let i = 0; i < 20; i++) await client.appendToStream(`turn-${i % 3}`, [noted(i), noted(i)]);
    await client.appendToStream(
      'long',
      Array.from({ length: 1_200 }, (_, i) => noted(i)),
    );
    const json = { contentType: 'application/json' };
    await appendBytes(source.url, 'odd', undefined, [
      { ...json, data: '{ "b": 12345678901234567890,\n "a": 1.0, "1": 2, "a": 3 }', metadata: '{"x" : 1e2}' },
      { ...json, data: 'no json at all' },
      { contentType: 'application/octet-stream', data: Uint8Array.of(0, 255, 254), metadata: '\u0000' },
      { contentType: 'application/octet-stream', data: '' },
    ]);
    await appendBytes(source.url, 'odd', 3n, [{ ...json, data: JSON.stringify('x'.repeat(900_000)) }]);
    const { code, output } = await copy();
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('Verified: 1245 events') });
    expect(await carriedOf(target.url)).toEqual(await carriedOf(source.url));
  });

  it('carries metadata, truncations, deletions and tombstones over', async () => {
    for (const stream of ['truncated', 'guarded', 'deleted', 'ended'])
      await client.appendToStream(
        stream,
        Array.from({ length: 5 }, (_, i) => noted(i)),
      );
    await client.setStreamMetadata('truncated', { maxCount: 2 });
    await client.setStreamMetadata('guarded', { truncateBefore: 3, acl: { readRoles: ['someone'] }, color: 'red' });
    await client.appendToStream('truncated', noted(5));
    await client.deleteStream('deleted');
    await client.tombstoneStream('ended', { expectedRevision: 4n });
    expect((await copy()).code).toBe(0);
    expect(await carriedOf(target.url)).toEqual(await carriedOf(source.url));

    const copied = EventStoreDBClient.connectionString(target.url);
    const revisions = async (stream: string) => {
      const found: bigint[] = [];
      for await (const { event } of copied.readStream(stream)) found.push(event?.revision ?? -1n);
      return found;
    };
    expect(await revisions('truncated')).toEqual([4n, 5n]);
    expect(await revisions('guarded')).toEqual([3n, 4n]);
    await expect(revisions('deleted')).rejects.toThrow(StreamNotFoundError);
    await expect(revisions('ended')).rejects.toThrow(StreamDeletedError);
    await copied.dispose();
  });

  it('goes on where it was killed, and copies nothing twice', async () => {
    await alternate(600);
    const first = startTool('copy', source.url, target.url);
    await waitFor(async () => (await carriedOf(target.url)).length > 50, { what: 'copying is under way' });
    first.process.kill('SIGKILL');
    expect((await first.ended).code).toBeNull();
    const { code, output } = await copy();
    expect(code).toBe(0);
    const [, present] = /600 events to carry over, (\d+) of them/.exec(output) ?? [];
    expect(Number(present)).toBeGreaterThan(50);
    expect(Number(present)).toBeLessThan(600);
    expect(await carriedOf(target.url)).toEqual(await carriedOf(source.url));
  });

  it('bears with a target, and with a source, that is killed and comes back', async () => {
    await alternate(600);
    const running = startTool('copy', source.url, target.url);
    await waitFor(async () => (await carriedOf(target.url)).length > 50, { what: 'copying is under way' });
    await target.kill();
    target = await startEventStore(`${folder.path}/target`, portOf(target));
    await waitFor(async () => (await carriedOf(target.url)).length > 200, { what: 'copying has gone on' });
    await source.kill();
    source = await startEventStore(`${folder.path}/source`, portOf(source));
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(await carriedOf(target.url)).toEqual(await carriedOf(source.url));
  });

  it('says when the source has grown meanwhile, and carries the rest over when it is run again', async () => {
    await alternate(300);
    const running = startTool('copy', source.url, target.url);
    await waitFor(async () => (await carriedOf(target.url)).length > 10, { what: 'copying is under way' });
    await alternate(10, 300);
    const { code, output } = await running.ended;
    expect(code).toBe(0);
    expect(output).toMatch(/Verified: 300 events[\s\S]*grown since.*run this again/);
    expect((await copy()).output).toMatch(/310 events to carry over, 300 of them there already[\s\S]*Verified: 310/);
    expect(await carriedOf(target.url)).toEqual(await carriedOf(source.url));
  });
});

describe('a copy that is refused', () => {
  it('fails in the end when somebody else has written to the target meanwhile', async () => {
    await alternate(300);
    const running = startTool('copy', source.url, target.url);
    await waitFor(async () => (await carriedOf(target.url)).length > 10, { what: 'copying is under way' });
    const other = EventStoreDBClient.connectionString(target.url);
    await other.appendToStream('theirs', noted(1));
    await other.dispose();
    expect(await running.ended).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/The target holds 301 events/),
    });
  });

  it('names a stream that was written again after its deletion, before anything is written', async () => {
    await client.appendToStream('first', noted(1));
    await client.appendToStream('again', noted(1));
    await client.deleteStream('again');
    await client.appendToStream('again', noted(2));
    expect(await copy()).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/The stream again was deleted and then/),
    });
    expect(await carriedOf(target.url)).toEqual([]);
    expect((await copy('--leave-out', 'again')).code).toBe(0);
    expect(await carriedOf(target.url)).toHaveLength(1);
  });

  it('does not mix with what the target holds of its own', async () => {
    await client.appendToStream('mine', noted(1));
    const other = EventStoreDBClient.connectionString(target.url);
    await other.appendToStream('theirs', noted(1));
    await other.dispose();
    expect(await copy()).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/event 0 of theirs.*is not what the source has/),
    });
    expect(await carriedOf(target.url)).toHaveLength(1);
  });

  it('leaves out what followers say of positions, which count in one node only', async () => {
    await client.appendToStream('kept', noted(1));
    await client.setStreamMetadata('checkpoint-reader', { maxCount: 1 });
    await client.appendToStream(
      'checkpoint-reader',
      jsonEvent({ type: 'FollowerCheckpointed', data: { position: '7' } }),
    );
    expect((await copy()).code).toBe(0);
    expect(
      (await allOf(target.url)).map(({ stream }) => stream).filter((stream) => !stream.includes('$users')),
    ).toEqual(['kept']);
  });

  it('says in one sentence that a node cannot be reached', async () => {
    const url = 'esdb://127.0.0.1:1?tls=false';
    const { code, errors } = await runTool('copy', url, target.url);
    expect(code).toBe(1);
    expect(errors).toMatch(/The source gives no answer/);
  });
});

const portOf = ({ url }: Server): number => Number(/:(\d+)\?/.exec(url)?.[1]);
