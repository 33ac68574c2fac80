import { TOMBSTONE_REVISION, type WireEvent } from '../node/wire-event.js';
import { runsOf } from './runs.js';
import { wireEvent } from './wire-event.fixture.js';

async function* from(events: WireEvent[]): AsyncGenerator<WireEvent> {
  yield* events;
}

/** Each run as its stream and how many events it has. */
const runs = async (...events: Partial<WireEvent>[]) => {
  const found: [string, number][] = [];
  for await (const run of runsOf(from(events.map(wireEvent)))) found.push([run[0].stream, run.length]);
  return found;
};
const times = (count: number, event: Partial<WireEvent>) => Array.from({ length: count }, () => event);

describe('runs', () => {
  it('join what lies side by side in one stream, and keep the order', async () => {
    expect(await runs({ stream: 'a' }, { stream: 'a' }, { stream: 'b' }, { stream: 'a' })).toEqual([
      ['a', 2],
      ['b', 1],
      ['a', 1],
    ]);
  });

  it('leave a tombstone alone', async () => {
    expect(await runs({}, { revision: TOMBSTONE_REVISION })).toEqual([
      ['s', 1],
      ['s', 1],
    ]);
  });

  it('are no longer than 500 events', async () => {
    expect((await runs(...times(1_001, {}))).map(([, length]) => length)).toEqual([500, 500, 1]);
  });

  it('are no bigger than 512 KiB, unless one event is', async () => {
    const sizes = [300, 200, 200, 900, 10].map((kib) => ({ data: Buffer.alloc(kib * 1024) }));
    expect((await runs(...sizes)).map(([, length]) => length)).toEqual([2, 1, 1, 1]);
  });

  it('are none where there is no event', async () => {
    expect(await runs()).toEqual([]);
  });
});
