import fc from 'fast-check';
import { ConsumerGroup, type Delivery, type Parking } from './consumer-group.js';

const settings = { strategy: 'RoundRobin', messageTimeoutMs: 1000, maxRetryCount: 2, readBatchSize: 20 } as const;
const idOf = (revision: number) => `id-${revision}`;

/** Consumers that act at random, and the books of what became of each message. */
class Crowd {
  private readonly group = new ConsumerGroup(settings, 0);
  private readonly held = new Map<number, number>();
  private readonly finished = new Set<number>();
  private readonly present = new Set<number>();
  private now = 0;
  private joined = 0;

  play(steps: readonly { what: string; which: number }[]): void {
    for (const { what, which } of steps) {
      this.act(what, which);
      this.check();
    }
    this.act('join', 5);
    this.finishEverything();
  }

  private act(what: string, which: number): void {
    const revision = [...this.held.keys()][which % Math.max(1, this.held.size)] ?? -1;
    const consumer = [...this.present][which % Math.max(1, this.present.size)] ?? -1;
    if (what === 'feed') this.feed();
    else if (what === 'join') this.join(which + 1);
    else if (what === 'leave') this.leave(consumer);
    else if (what === 'wait') this.wait(which * 200);
    else if (what === 'pause' || what === 'resume') this.group.pause(consumer, what === 'pause');
    else this.answer(what, revision);
  }

  private join(credits: number): void {
    this.present.add(this.joined);
    this.group.join(this.joined++, credits);
  }

  private leave(consumer: number): void {
    this.present.delete(consumer);
    for (const [revision, holder] of this.held) if (holder === consumer) this.held.delete(revision);
    this.settle(this.group.leave(consumer));
  }

  private wait(ms: number): void {
    this.now += ms;
    this.held.clear();
    this.settle(this.group.expire(this.now + settings.messageTimeoutMs));
  }

  private answer(what: string, revision: number): void {
    this.held.delete(revision);
    if (what === 'ack') this.group.acknowledge([idOf(revision)]);
    else this.settle(this.group.reject([idOf(revision)], what as 'retry' | 'park' | 'skip', ''));
    if (revision >= 0 && what !== 'retry') this.finished.add(revision);
  }

  private settle(parkings: readonly Parking[]): void {
    for (const { message } of parkings) {
      this.finished.add(message.revision);
      this.group.parked(message, true);
    }
  }

  private feed(): void {
    for (const { consumer, message } of this.deliver()) {
      expect([this.held.has(message.revision), this.finished.has(message.revision)]).toEqual([false, false]);
      expect(this.present).toContain(consumer);
      this.held.set(message.revision, consumer);
    }
  }

  private deliver(): Delivery[] {
    const { wanted, next } = this.group;
    const revisions = Array.from({ length: wanted }, (_, index) => next + index);
    const messages = revisions.map((revision) => ({ revision, id: idOf(revision), retries: 0 }));
    this.group.receive(messages, next + wanted);
    return this.group.deliver(this.now, 100);
  }

  private check(): void {
    let lowest = 0;
    while (this.finished.has(lowest)) lowest++;
    expect(this.group.finishedBefore).toBe(lowest);
  }

  private finishEverything(): void {
    const last = this.group.next;
    for (const consumer of this.present) this.group.pause(consumer, false);
    for (let round = 0; round < 500 && this.group.finishedBefore < last; round++) {
      this.feed();
      for (const revision of [...this.held.keys()]) this.answer('ack', revision);
    }
    expect(this.group.finishedBefore).toBeGreaterThanOrEqual(last);
  }
}

describe('a consumer group', () => {
  it('never loses a message or counts it finished, whatever the consumers do', () => {
    const step = fc.record({
      what: fc.constantFrom('ack', 'retry', 'park', 'skip', 'leave', 'join', 'wait', 'feed', 'pause', 'resume'),
      which: fc.nat(9),
    });
    fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => new Crowd().play(steps)));
  });
});
