import { jest } from '@jest/globals';
import type { Followed } from '../../src/platform/event-store/subscription.js';
import type { KnownEvent } from '../kernel/event-types.js';
import { history, positionOf } from '../kernel/history.fixture.js';
import { established } from '../kernel/pair.fixture.js';
import type { Batch } from './inbox.js';
import { Inbox } from './inbox.js';

const LONG_MS = 10_000;
const events = (count: number): Followed[] =>
  history(Array.from({ length: count }, (): KnownEvent => established())).map((recorded) => ({
    kind: 'event',
    recorded,
  }));
const caughtUp: Followed = { kind: 'caught-up' };

/** A log that counts how much of it was taken. */
class Source {
  taken = 0;
  constructor(
    private readonly items: readonly Followed[],
    private readonly error?: Error,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Followed[]> {
    for (const item of this.items) {
      this.taken++;
      yield [item];
    }
    if (this.error) throw this.error;
  }
}

const drain = async (inbox: Inbox) => {
  const batches = [];
  for (let batch = await inbox.next(LONG_MS); batch; batch = await inbox.next(LONG_MS)) batches.push(batch);
  return batches;
};

describe('the inbox of the read models', () => {
  it('hands over everything once, in order, in batches of its size', async () => {
    const inbox = new Inbox(null, 4);
    const filled = inbox.fill(new Source([...events(10), caughtUp]));
    const batches = await drain(inbox);
    await filled;
    expect(batches.flatMap(({ facts }) => facts.map(({ position }) => position))).toEqual(
      Array.from({ length: 10 }, (_, n) => positionOf(n + 1)),
    );
    expect(Math.max(...batches.map(({ facts }) => facts.length))).toBe(4);
    for (const { facts, position } of batches) if (facts.length > 0) expect(position).toBe(facts.at(-1)?.position);
  });

  it('says that the end was reached with the last batch only', async () => {
    const inbox = new Inbox(null, 4);
    void inbox.fill(new Source([...events(10), caughtUp]));
    const batches = await drain(inbox);
    expect(batches.map(({ atEnd }) => atEnd)).toEqual(batches.map((_, n) => n === batches.length - 1));
  });

  it('gathers what comes in the moments after a batch at the log’s end into one more batch', async () => {
    const inbox = new Inbox(null, 500);
    const trickling = async function* () {
      yield [caughtUp];
      for (const event of events(20)) {
        yield [event];
        await new Promise(setImmediate);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    void inbox.fill(trickling());
    const batches = await drain(inbox);
    expect(batches.flatMap(({ facts }) => facts)).toHaveLength(20);
    expect(batches.length).toBeLessThanOrEqual(4);
  });

  describe('at the end of the log', () => {
    beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
    afterEach(() => void jest.useRealTimers());

    /** How many milliseconds lie between the last two batches while so many events come every 20 milliseconds. */
    const pauseAfter = async (count: number, times: number, before = 0) => {
      const inbox = new Inbox(null, 4_000);
      const [past, all] = [events(before), events(before + count * times).slice(before)];
      const growing = async function* () {
        for (let at = 0; at < before; at += 4_000) {
          await new Promise((resolve) => setTimeout(resolve, 300));
          yield past.slice(at, at + 4_000);
        }
        yield [caughtUp];
        for (let at = 0; at < all.length; at += count) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          yield all.slice(at, at + count);
        }
        await new Promise<void>(() => undefined);
      };
      void inbox.fill(growing());
      const handedOver: number[] = [];
      for (let taken = 0; taken < before + all.length;) {
        let batch: Batch | null = null;
        void inbox.next(LONG_MS).then((next) => (batch = next));
        while (!batch) await jest.advanceTimersByTimeAsync(1);
        taken += (batch as Batch).facts.length;
        handedOver.push(Date.now());
      }
      inbox.close();
      return (handedOver.at(-1) ?? 0) - (handedOver.at(-2) ?? 0);
    };

    it('has a batch follow another after 20 milliseconds', async () => {
      expect(await pauseAfter(10, 20)).toBe(20);
    });

    it('does so after a burst, too', async () => {
      expect(await pauseAfter(200, 10)).toBe(20);
    });

    it('does so after a past that was read as fast as that, too', async () => {
      expect(await pauseAfter(10, 20, 20_000)).toBe(20);
    });

    it('gathers for 100 milliseconds when the log has grown for a second as fast as in an import', async () => {
      expect(await pauseAfter(200, 70)).toBe(100);
    });
  });

  it('holds the log back while nothing is taken from it', async () => {
    const source = new Source(events(100));
    const inbox = new Inbox(null, 4);
    const filled = inbox.fill(source);
    await inbox.next(LONG_MS);
    await new Promise(setImmediate);
    expect(source.taken).toBeLessThanOrEqual(4 + 2 * 4 + 1);
    inbox.close();
    await filled;
  });

  it('leaves out what comes again', async () => {
    const inbox = new Inbox(positionOf(2), 100);
    const all = events(4);
    void inbox.fill(new Source([...all, ...all, caughtUp]));
    const [batch] = await drain(inbox);
    expect(batch?.facts.map(({ position }) => position)).toEqual([positionOf(3), positionOf(4)]);
  });

  it('moves on with a checkpoint although there is no event', async () => {
    const inbox = new Inbox(null, 4);
    void inbox.fill(new Source([{ kind: 'checkpoint', position: 7n }, caughtUp]));
    expect(await drain(inbox)).toEqual([{ facts: [], position: 7n, atEnd: true }]);
  });

  it('is at the end until the log is lost, and again when it is found', async () => {
    const inbox = new Inbox(null, 4);
    const lost: Followed = { kind: 'lost' };
    const [one, two] = events(2);
    if (one && two) await inbox.fill(new Source([one, caughtUp, lost]));
    expect(await inbox.next(LONG_MS)).toMatchObject({ position: positionOf(1), atEnd: false });
  });

  it('gives an empty batch when nothing comes', async () => {
    const inbox = new Inbox(5n, 4);
    expect(await inbox.next(1)).toEqual({ facts: [], position: 5n, atEnd: false });
  });

  it('throws what the log throws', async () => {
    const inbox = new Inbox(null, 4);
    void inbox.fill(new Source([], new Error('lost')));
    await expect(inbox.next(LONG_MS)).rejects.toThrow('lost');
  });
});
