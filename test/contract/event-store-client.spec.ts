import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BACKWARDS,
  DeadlineExceededError,
  END,
  EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  START,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { WAYS } from './event-store/client-ways.js';
import type { NodeProcess } from './event-store/embedded-node.js';

const ADMIN = { username: 'admin', password: 'changeit' };
/** Credentials make the client use Append, and without any it uses BatchAppend. */
const CALLS = [
  ['BatchAppend', {}],
  ['Append', { credentials: ADMIN }],
] as const;

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type: 'test', data: { message: 'test', index } }));

async function all(read: AsyncIterable<ResolvedEvent>): Promise<ResolvedEvent[]> {
  const found: ResolvedEvent[] = [];
  for await (const event of read) found.push(event);
  return found;
}

/** What the official client's own tests of streams ask for, where no recording does. */
describe.each(WAYS)('an event store, asked by the official client %s', (_, start) => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-client-'));
  let node: NodeProcess;
  let url: (query?: string) => string;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    ({ node, url } = await start(folder));
    client = EventStoreDBClient.connectionString(url());
  });
  afterAll(async () => {
    await client.dispose();
    await node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(CALLS)('through %s', (call, options) => {
    it('refuses an append of too many bytes, however many messages it comes in, and keeps none of it', async () => {
      const stream = `${call}-too-great-${randomUUID()}`;
      const refusal = await client.appendToStream(stream, events(40_000), options).catch((error: Error) => error);
      expect(refusal).toBeInstanceOf(MaxAppendSizeExceededError);
      expect(refusal).toMatchObject({ maxAppendSize: 1_048_576 });
      expect(await client.appendToStream(stream, events(1), options)).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('gives up on an append whose deadline is over', async () => {
      const append = client.appendToStream(`${call}-late`, events(30_000), { ...options, deadline: 1 });
      await expect(append).rejects.toBeInstanceOf(DeadlineExceededError);
    });

    it('takes an append that asks for the leader', async () => {
      const append = client.appendToStream(`${call}-leader`, events(2), { ...options, requiresLeader: true });
      expect(await append).toMatchObject({ success: true, nextExpectedRevision: 1n });
    });
  });

  it('puts together an append that comes in hundreds of messages', async () => {
    const result = await client.appendToStream('in-pieces', events(5_000), { batchAppendSize: 1024 });
    expect(result.nextExpectedRevision).toBe(4_999n);
    const [last] = await all(client.readStream('in-pieces', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
    expect(last?.event).toMatchObject({ data: { index: 4_999 }, position: result.position });
  });

  it('answers reads, subscriptions and deletions that ask for the leader, and finds one for whoever prefers followers', async () => {
    const follower = EventStoreDBClient.connectionString(
      url('&nodePreference=follower').replace('esdb:', 'esdb+discover:'),
    );
    await follower.appendToStream('led', events(3));
    expect(await all(follower.readStream('led', { requiresLeader: true }))).toHaveLength(3);
    const subscription = follower.subscribeToStream('led', { requiresLeader: true, fromRevision: START });
    for await (const { event } of subscription) if (event?.revision === 2n) break;
    expect(await follower.deleteStream('led', { requiresLeader: true })).toHaveProperty('position');
    await follower.dispose();
  });

  describe('links', () => {
    const link = (target: string) =>
      ({
        ...jsonEvent({ type: '$>', data: {} }),
        contentType: 'application/octet-stream',
        data: Buffer.from(target),
      }) as never;

    it('are followed forwards, backwards, in `$all` and live, when that is asked for', async () => {
      const [to, from] = [`to-${randomUUID()}`, `from-${randomUUID()}`];
      await client.appendToStream(to, events(2));
      const { position } = await client.appendToStream(from, [link(`1@${to}`), link(`0@${to}`)]);
      const shape = ({ event, link }: ResolvedEvent) => [
        event?.streamId,
        event?.revision,
        link?.streamId,
        link?.revision,
      ];
      const followed = [
        [to, 1n, from, 0n],
        [to, 0n, from, 1n],
      ];
      const asked = { resolveLinkTos: true };
      expect((await all(client.readStream(from, asked))).map(shape)).toEqual(followed);
      const backwards = { ...asked, direction: BACKWARDS, fromRevision: END } as const;
      expect((await all(client.readStream(from, backwards))).map(shape)).toEqual([...followed].reverse());
      const [inAll] = await all(client.readAll({ ...asked, fromPosition: position ?? START, maxCount: 1 }));
      expect(inAll && shape(inAll)).toEqual(followed[1]);
      const live: unknown[] = [];
      for await (const event of client.subscribeToStream(from, asked)) if (live.push(shape(event)) === 2) break;
      expect(live).toEqual(followed);
      const [plain] = await all(client.readStream(from, { maxCount: 1 }));
      expect([plain?.event?.type, plain?.link]).toEqual(['$>', undefined]);
    });

    it('stand alone when what they point to is not there', async () => {
      const [gone, from] = [`gone-${randomUUID()}`, `from-${randomUUID()}`];
      await client.appendToStream(gone, events(1));
      await client.appendToStream(from, [link(`0@${gone}`), link(`7@${gone}`), link('0@never'), link('no link')]);
      await client.deleteStream(gone);
      const read = await all(client.readStream(from, { resolveLinkTos: true }));
      expect(read.map(({ event, link }) => [event, link?.revision])).toEqual(
        [0n, 1n, 2n, 3n].map((revision) => [undefined, revision]),
      );
    });
  });
});
