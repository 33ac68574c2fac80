import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { eventIdOf } from '../../codec/event-frame.js';
import { EventLog } from '../../log/event-log.js';
import { Code, RpcError } from '../../transport/status.js';
import { GroupStreams } from './group-streams.js';
import type { GroupSettings } from './group-settings.js';
import { SubscriptionGroup, type Consumer } from './subscription-group.js';

const name = { stream: 's', group: 'g' };
const settings: GroupSettings = {
  startFrom: 0,
  resolveLinks: false,
  extraStatistics: false,
  messageTimeoutMs: 0,
  maxRetryCount: 10,
  minCheckpointCount: 1,
  maxCheckpointCount: 1,
  checkpointAfterMs: 0,
  maxSubscriberCount: 0,
  liveBufferSize: 500,
  readBatchSize: 400,
  historyBufferSize: 500,
  strategy: 'RoundRobin',
};

/** A consumer whose socket takes nothing until it is told to. */
class SlowConsumer implements Consumer {
  readonly ids: string[] = [];
  readonly errors: unknown[] = [];
  take = () => {};
  send(events: Parameters<Consumer['send']>[0], done: () => void): void {
    this.ids.push(...events.map(({ event }) => eventIdOf(event.frame)));
    this.take = done;
  }
  fail(error: unknown): void {
    this.errors.push(error);
  }
}

const turns = async (count = 20) => {
  for (let index = 0; index < count; index++) await turn();
};

describe('a group that is fed from the log', () => {
  let folder: string;
  let log: EventLog;
  let group: SubscriptionGroup;

  const append = (count: number, size = 1) =>
    new Promise((settle) => {
      const event = () => ({ id: randomUUID(), type: 'T', json: false, customMetadata: Buffer.alloc(0) });
      const events = Array.from({ length: count }, () => ({ ...event(), data: Buffer.alloc(size) }));
      log.append({ stream: 's', events, expected: 'any', deadline: Infinity, settle });
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'subscription-group-'));
    log = new EventLog(folder, () => {});
    group = new SubscriptionGroup(log, { ...name, settings, firstRevision: 0 });
  });
  afterEach(() => {
    group.close(new RpcError(Code.CANCELLED, 'over'));
    log.close();
    rmSync(folder, { recursive: true });
  });

  it('sends one page to a consumer that does not read, and the next when it does', async () => {
    await append(300, 60_000);
    const consumer = new SlowConsumer();
    group.join(consumer, 10_000);
    await turns();
    const first = consumer.ids.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(32);
    consumer.take();
    await turns();
    expect(consumer.ids.length - first).toBe(1);
  });

  it('writes its checkpoint to a stream that shows the newest two, and begins there', async () => {
    await append(5);
    const consumer = new SlowConsumer();
    const membership = group.join(consumer, 10);
    await turns();
    for (const id of consumer.ids.slice(0, 4)) {
      membership.acknowledge([id]);
      await turns();
    }
    expect(new GroupStreams(log, name).checkpoint).toBe(3);
    expect(log.visibility.metadataOf('$persistentsubscription-s::g-checkpoint')).toEqual({ maxCount: 2 });
    const again = new SubscriptionGroup(log, group.configuration);
    const other = new SlowConsumer();
    again.join(other, 10);
    await turns();
    expect(other.ids).toEqual(consumer.ids.slice(4));
    again.close(new RpcError(Code.CANCELLED, 'over'));
  });

  it('sends nothing of a stream that ended, and ends no call for it', async () => {
    await append(5);
    await new Promise((settle) => log.tombstone({ stream: 's', expected: 'any', deadline: Infinity, settle }));
    const consumer = new SlowConsumer();
    group.join(consumer, 10);
    await turns();
    expect([consumer.ids, consumer.errors]).toEqual([[], []]);
  });

  it('sends what is written after a deletion', async () => {
    await append(5);
    await new Promise((settle) => log.softDelete({ stream: 's', expected: 'any', deadline: Infinity, settle }));
    const consumer = new SlowConsumer();
    group.join(consumer, 10);
    await turns();
    expect(consumer.ids).toEqual([]);
    await append(1);
    await turns();
    expect(consumer.ids).toHaveLength(1);
  });

  it('ends the calls of its consumers, and nothing else, when the log cannot be read', async () => {
    await append(1);
    const consumer = new SlowConsumer();
    group.join(consumer, 10);
    const broken = new Error('the log is corrupt');
    Object.assign(log, { readStream: () => raise(broken) });
    await turns();
    expect(consumer.errors).toEqual([broken]);
  });
});

function raise(error: Error): never {
  throw error;
}
