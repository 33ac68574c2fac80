import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DISPATCH_TO_SINGLE, END, EventStoreDBClient, jsonEvent, PINNED } from '@eventstore/db-client';
import { waitFor } from '../support/wait.js';
import { Consumer, dataOf, settingsOf, write } from './event-store/consuming.js';
import { startNode, type NodeProcess } from './event-store/embedded-node.js';

describe('a persistent subscription to a stream', () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-persistent-'));
  let node: NodeProcess;
  let client: EventStoreDBClient;
  let stream: string;

  const start = async () => {
    node = await startNode(folder);
    client = EventStoreDBClient.connectionString(node.url);
  };
  const stop = async () => {
    await client.dispose();
    await node.kill('SIGTERM');
  };
  const create = (changes = {}, group = 'g') =>
    client.createPersistentSubscriptionToStream(stream, group, settingsOf(changes));
  const subscribe = (bufferSize = 10) => client.subscribeToPersistentSubscriptionToStream(stream, 'g', { bufferSize });
  const checkpoint = async () => (await dataOf(client, `$persistentsubscription-${stream}::g-checkpoint`)).at(-1);
  const parked = () => dataOf(client, `$persistentsubscription-${stream}::g-parked`);

  beforeAll(start);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => void (stream = `persistent-${randomUUID()}`));

  it('sends what is there and then what is written, and goes on where it stopped after a restart', async () => {
    await write(client, stream, 3);
    await create();
    const consumer = await Consumer.acknowledging(subscribe()).ready();
    expect(await consumer.got(3)).toEqual(['0', '1', '2']);
    await write(client, stream, 2, 3);
    expect(await consumer.got(5)).toEqual(['0', '1', '2', '3', '4']);
    await waitFor(async () => (await checkpoint()) === '4');
    await stop();
    await start();
    await write(client, stream, 1, 5);
    expect(await Consumer.acknowledging(subscribe()).got(1)).toEqual(['5']);
  });

  it('begins after what was there when it was made from the end, also when the node restarts before anybody consumes', async () => {
    await write(client, stream, 3);
    await create({ startFrom: END });
    await write(client, stream, 1, 3);
    await stop();
    await start();
    expect(await Consumer.acknowledging(subscribe()).got(1)).toEqual(['3']);
  });

  it('begins with the event of a revision', async () => {
    await write(client, stream, 3);
    await create({ startFrom: 1n });
    expect(await Consumer.acknowledging(subscribe()).got(2)).toEqual(['1', '2']);
  });

  it('sends no more than a consumer takes, and the rest to others', async () => {
    await write(client, stream, 5);
    await create();
    const silent = await new Consumer(subscribe(2)).ready();
    await silent.got(2);
    const other = await Consumer.acknowledging(subscribe(1)).ready();
    expect(await other.got(3)).toEqual(['2', '3', '4']);
    expect(silent.seen).toEqual(['0', '1']);
    await silent.subscription.unsubscribe();
    expect(await other.got(5)).toEqual(['2', '3', '4', '0 again 1', '1 again 1']);
  });

  it('sends everything to one consumer when asked to', async () => {
    await create({ consumerStrategyName: DISPATCH_TO_SINGLE });
    const first = await Consumer.acknowledging(subscribe(10)).ready();
    const second = await Consumer.acknowledging(subscribe(10)).ready();
    await write(client, stream, 8);
    await first.got(8);
    expect(second.seen).toEqual([]);
  });

  it('does with a rejected event what the consumer says', async () => {
    await write(client, stream, 3);
    await create();
    const actions = ['retry', 'park', 'skip'] as const;
    const consumer = new Consumer(subscribe(), (delivered, { subscription }) => {
      const action = actions[Number(delivered.event?.revision)]!;
      return delivered.retryCount > 0 ? subscription.ack(delivered) : subscription.nack(action, 'because', delivered);
    });
    expect(await consumer.got(4)).toEqual(['0', '1', '2', '0 again 1']);
    await waitFor(async () => (await checkpoint()) === '2');
    expect(await parked()).toEqual([{ n: 1 }]);
  });

  it('sends again what is not answered in time, and parks it in the end', async () => {
    await write(client, stream, 1);
    await create({ messageTimeout: 50, maxRetryCount: 2 });
    const silent = new Consumer(subscribe());
    expect(await silent.got(3)).toEqual(['0', '0 again 1', '0 again 2']);
    await waitFor(async () => (await parked()).length === 1);
    await waitFor(async () => (await checkpoint()) === '0');
  });

  it('follows links when asked to, and is answered by the id of the link', async () => {
    await write(client, stream, 1);
    const links = `links-${stream}`;
    const link = { ...jsonEvent({ type: '$>', data: {} }), contentType: 'application/octet-stream' };
    const data = new TextEncoder().encode(`0@${stream}`);
    await client.appendToStream(links, { ...link, data } as unknown as ReturnType<typeof jsonEvent>);
    stream = links;
    await create({ resolveLinkTos: true });
    const consumer = await Consumer.acknowledging(subscribe()).ready();
    await consumer.got(1);
    expect(consumer.events[0]?.event?.data).toEqual({ n: 0 });
    expect(consumer.events[0]?.link?.streamId).toBe(links);
    await waitFor(async () => (await checkpoint()) === '0');
  });

  it('passes over what is truncated, and begins anew when it is made again', async () => {
    await write(client, stream, 3);
    await create();
    await Consumer.acknowledging(subscribe()).got(3);
    await waitFor(async () => (await checkpoint()) === '2');
    await client.deletePersistentSubscriptionToStream(stream, 'g');
    await client.setStreamMetadata(stream, { truncateBefore: 1 });
    await create();
    expect(await Consumer.acknowledging(subscribe()).got(2)).toEqual(['1', '2']);
  });

  it('refuses more consumers than it may have', async () => {
    await create({ maxSubscriberCount: 1 });
    const first = await new Consumer(subscribe()).ready();
    expect(await new Consumer(subscribe()).failed()).toBe('maximum-subscribers-reached');
    await first.subscription.unsubscribe();
    await waitFor(async () => (await new Consumer(subscribe()).ready()).error === undefined);
  });

  it('drops its consumers when it is changed or deleted', async () => {
    await write(client, stream, 1);
    await create();
    const first = await new Consumer(subscribe()).ready();
    await client.updatePersistentSubscriptionToStream(stream, 'g', settingsOf({ resolveLinkTos: true }));
    expect(await first.failed()).toBe('persistent-subscription-dropped');
    const second = await Consumer.acknowledging(subscribe()).ready();
    expect(await second.got(1)).toEqual(['0']);
    await client.deletePersistentSubscriptionToStream(stream, 'g');
    expect(await second.failed()).toBe('persistent-subscription-dropped');
    expect(await new Consumer(subscribe()).failed()).toBe('persistent-subscription-does-not-exist');
  });

  it('says what it cannot do', async () => {
    const update = client.updatePersistentSubscriptionToStream(stream, 'g', settingsOf());
    await expect(update).rejects.toMatchObject({ type: 'persistent-subscription-does-not-exist', groupName: 'g' });
    await expect(create({ readBatchSize: 500 })).rejects.toMatchObject({
      type: 'persistent-subscription-failed',
      reason: 'The history buffer size must be greater than the read batch size.',
    });
    await expect(create({ consumerStrategyName: PINNED })).rejects.toThrow('strategy Pinned is not served');
    const toAll = client.createPersistentSubscriptionToAll('g', { ...settingsOf(), startFrom: END });
    await expect(toAll).rejects.toMatchObject({ type: 'unsupported' });
  });

  it('makes a group once when many ask at the same time', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => create()));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
