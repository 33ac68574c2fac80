import type { Decider } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import { StreamCache } from './stream-cache.js';
import { StreamView } from './stream-view.js';

type Counted = DomainEvent<'Counted', { by: number }>;
const sum: Decider<number, Counted> = { initial: 0, evolve: (total, { data }) => total + data.by };
const count: Decider<number, Counted> = { initial: 0, evolve: (total) => total + 1 };

const counted = (revision: bigint, by: number, commandId = `command ${revision}`) =>
  ({
    revision,
    position: revision * 100n,
    event: { type: 'Counted', data: { by } },
    metadata: { commandId },
  }) as Recorded<Counted>;

const viewOf = (...events: Recorded<Counted>[]) => {
  const view = new StreamView(sum);
  view.add(events);
  return view;
};

describe('What is seen of a stream', () => {
  it('is the state its events come to, where the last stands, and whose they are (D7)', () => {
    const view = viewOf(counted(0n, 1, 'a'), counted(1n, 2, 'b'), counted(2n, 3, 'b'));
    expect(view).toMatchObject({ state: 6, revision: 2n, position: 200n });
    expect([...view.commands]).toEqual(['a', 'b']);
  });

  it('takes in an event once, however often it is read', () => {
    const view = viewOf(counted(0n, 1), counted(1n, 2));
    view.add([counted(1n, 2), counted(2n, 5)]);
    expect(view).toMatchObject({ state: 8, revision: 2n });
  });

  it('is remembered for the decider that made it, and for no other', () => {
    const cache = new StreamCache();
    const view = viewOf(counted(0n, 1));
    cache.put('s', view);
    expect(cache.get('s', sum)).toBe(view);
    expect(cache.get('s', count)).toBeNull();
  });

  it('is forgotten once more commands have changed it than are worth keeping', () => {
    const cache = new StreamCache();
    const view = viewOf(counted(0n, 1));
    cache.put('s', view);
    view.add(Array.from({ length: 1_000 }, (_, n) => counted(BigInt(n + 1), 1)));
    cache.put('s', view);
    expect(cache.get('s', sum)).toBeNull();
  });

  it('is remembered while fewer than twenty thousand others are seen, and forgotten after forty thousand', () => {
    const cache = new StreamCache();
    const view = viewOf(counted(0n, 1));
    const others = (from: number, to: number) => {
      for (let n = from; n < to; n += 1) cache.put(`other ${n}`, viewOf(counted(0n, 1)));
    };
    cache.put('s', view);
    others(0, 19_999);
    expect(cache.get('s', sum)).toBe(view);
    others(19_999, 40_001);
    expect(cache.get('s', sum)).toBeNull();
  });
});
