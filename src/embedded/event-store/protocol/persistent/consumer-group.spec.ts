import { ConsumerGroup, MOST_UNFINISHED, type Parking } from './consumer-group.js';
import type { GroupSettings } from './group-settings.js';

const settings = { strategy: 'RoundRobin', messageTimeoutMs: 1000, maxRetryCount: 2, readBatchSize: 20 } as const;
const idOf = (revision: number) => `id-${revision}`;

function groupOf(changes: Partial<GroupSettings> = {}, next = 0): ConsumerGroup {
  return new ConsumerGroup({ ...settings, ...changes }, next);
}

/** Reads as many of an endless stream's events as the group wants, and sends them. */
function feed(group: ConsumerGroup, now = 0, limit = 100): string[] {
  const first = group.next;
  const messages = Array.from({ length: group.wanted }, (_, index) => first + index).map((revision) => ({
    revision,
    id: idOf(revision),
    retries: 0,
  }));
  group.receive(messages, first + messages.length);
  return group
    .deliver(now, limit)
    .map(({ consumer, message: { revision, retries } }) => `${revision} to ${consumer}` + (retries ? ` again` : ''));
}

const revisionsOf = (parkings: readonly Parking[]) => parkings.map(({ message }) => message.revision);

describe('a consumer group', () => {
  it('sends to each consumer in turn, as many as it takes', () => {
    const group = groupOf();
    group.join(1, 1);
    group.join(2, 3);
    expect(feed(group)).toEqual(['0 to 1', '1 to 2', '2 to 2', '3 to 2']);
    expect(group.wanted).toBe(0);
  });

  it('sends to the first consumer while it takes any, when one is to get all', () => {
    const group = groupOf({ strategy: 'DispatchToSingle' });
    group.join(1, 2);
    group.join(2, 5);
    expect(feed(group, 0, 3)).toEqual(['0 to 1', '1 to 1', '2 to 2']);
    group.acknowledge([idOf(0)]);
    expect(feed(group, 0, 1)).toEqual(['3 to 1']);
  });

  it('sends nothing to a consumer whose socket is full', () => {
    const group = groupOf();
    group.join(1, 2);
    group.join(2, 2);
    group.pause(1, true);
    expect(feed(group)).toEqual(['0 to 2', '1 to 2']);
    group.pause(1, false);
    expect(feed(group)).toEqual(['2 to 1', '3 to 1']);
  });

  it('wants no more than a batch, and no more than it can keep', () => {
    const group = groupOf();
    group.join(1, 1_000_000);
    expect(group.wanted).toBe(20);
    const crowded = groupOf({ readBatchSize: 1_000_000 });
    crowded.join(1, 1_000_000);
    crowded.join(2, 1_000_000);
    expect(feed(crowded, 0, Infinity)).toHaveLength(MOST_UNFINISHED);
    expect(crowded.wanted).toBe(0);
  });

  it('has finished what lies before the lowest message that is not acknowledged', () => {
    const group = groupOf({}, 5);
    group.join(1, 4);
    feed(group);
    group.acknowledge([idOf(6), idOf(7)]);
    expect(group.finishedBefore).toBe(5);
    group.acknowledge([idOf(5)]);
    expect(group.finishedBefore).toBe(8);
    group.acknowledge([idOf(8), 'an id that nobody has']);
    expect(group.finishedBefore).toBe(group.next);
  });

  it('finishes one message for each acknowledgement of an id that several events share', () => {
    const group = groupOf();
    group.join(1, 2);
    const twins = [0, 1].map((revision) => ({ revision, id: 'twin', retries: 0 }));
    group.receive(twins, 2);
    group.deliver(0, 2);
    group.acknowledge(['twin']);
    expect([group.finishedBefore, group.wanted]).toEqual([1, 1]);
    group.acknowledge(['twin']);
    expect([group.finishedBefore, group.wanted]).toEqual([2, 2]);
  });

  it('sends again what is rejected so, before anything new', () => {
    const group = groupOf();
    group.join(1, 2);
    feed(group);
    expect(group.reject([idOf(1)], 'retry', '')).toEqual([]);
    expect(group.wanted).toBe(0);
    expect(feed(group)).toEqual(['1 to 1 again']);
    expect(group.finishedBefore).toBe(0);
  });

  it('parks what was sent again too often, and has it finished once that is on disk', () => {
    const group = groupOf();
    group.join(1, 1);
    feed(group);
    for (let retry = 0; retry < settings.maxRetryCount; retry++) {
      expect(group.reject([idOf(0)], 'retry', '')).toEqual([]);
      feed(group);
    }
    const [parking] = group.reject([idOf(0)], 'retry', '') as [Parking];
    expect(parking).toMatchObject({ message: { revision: 0, retries: 2 }, reason: 'Reached Max Retry Count' });
    expect(group.finishedBefore).toBe(0);
    group.parked(parking.message, true);
    expect(group.finishedBefore).toBe(1);
  });

  it('sends again what could not be parked', () => {
    const group = groupOf();
    group.join(1, 1);
    feed(group);
    const [parking] = group.reject([idOf(0)], 'park', 'spoilt') as [Parking];
    expect(parking.reason).toBe("Client explicitly NAK'ed message.\nspoilt");
    group.parked(parking.message, false);
    expect(feed(group)).toEqual(['0 to 1']);
  });

  it('finishes what is skipped, and leaves what is stopped with its consumer', () => {
    const group = groupOf();
    group.join(1, 2);
    feed(group);
    group.reject([idOf(0)], 'stop', '');
    group.reject([idOf(1)], 'skip', '');
    expect([group.finishedBefore, group.wanted]).toEqual([0, 1]);
    group.reject([idOf(0)], 'skip', '');
    expect([group.finishedBefore, group.wanted]).toEqual([2, 2]);
  });

  it('takes back what is not answered in time, and not before', () => {
    const group = groupOf();
    group.join(1, 2);
    feed(group, 0, 1);
    feed(group, 500, 1);
    expect(group.nextDeadline).toBe(1000);
    expect(revisionsOf(group.expire(999))).toEqual([]);
    expect(feed(group, 999)).toEqual([]);
    group.expire(1000);
    expect(feed(group, 1000)).toEqual(['0 to 1 again']);
    expect(group.nextDeadline).toBe(1500);
  });

  it('waits for ever when there is no time to answer in', () => {
    const group = groupOf({ messageTimeoutMs: 0 });
    group.join(1, 1);
    feed(group);
    expect(group.nextDeadline).toBe(Infinity);
    expect(group.expire(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  it('sends to others what a consumer leaves behind', () => {
    const group = groupOf();
    group.join(1, 1);
    group.join(2, 2);
    feed(group);
    group.leave(2);
    expect(group.size).toBe(1);
    group.acknowledge([idOf(0)]);
    expect(feed(group)).toEqual(['1 to 1 again']);
  });

  it('gives a consumer its credit back when an event can no longer be read', () => {
    const group = groupOf();
    group.join(1, 1);
    group.receive([{ revision: 0, id: 'gone', retries: 0 }], 1);
    const [delivery] = group.deliver(0, 1);
    group.skip(delivery!.message);
    expect([group.finishedBefore, group.wanted]).toEqual([1, 1]);
  });
});
