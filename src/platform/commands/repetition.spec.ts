import type { DomainEvent, Recorded } from '../../kernel/event.js';
import type { CommandContext } from './command-context.js';
import { commandIdFor, derivedId } from './command-context.js';
import { requireRevision } from './expected-revision.js';
import { InFlight } from './in-flight.js';
import { repetitionOf } from './repetition.js';

const recorded = (revision: bigint, commandId: string): Recorded =>
  ({ revision, metadata: { commandId, fingerprint: `print of ${commandId}` } }) as Recorded<DomainEvent>;
const context = (commandId: string, changes: Partial<CommandContext> = {}) =>
  ({
    commandId,
    expectedRevision: null,
    isSameRequest: (print: string) => print === `print of ${commandId}`,
    ...changes,
  }) as CommandContext;
const history = [recorded(0n, 'a'), recorded(1n, 'b'), recorded(2n, 'b'), recorded(3n, 'c')];

describe('A repeated command (D7)', () => {
  it('finds its own events, and the history as it was then', () => {
    const found = repetitionOf(history, context('b'));
    expect(found?.events.map(({ revision }) => revision)).toEqual([1n, 2n]);
    expect(found?.upTo.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
  });

  it('is new to a history that does not hold it', () => {
    expect(repetitionOf(history, context('z'))).toBeNull();
  });

  it('with another request under the same key is refused', () => {
    expect(() => repetitionOf(history, context('b', { isSameRequest: () => false }))).toThrow(
      'came with another request',
    );
  });

  it('waits for the first to end, so that it finds what that appended', async () => {
    const queue = new InFlight();
    const order: string[] = [];
    const first = queue.after('k', async () => {
      await new Promise(setImmediate);
      order.push('first');
      throw new Error('refused');
    });
    const second = queue.after('k', async () => order.push('second'));
    await expect(first).rejects.toThrow('refused');
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  it('waits no longer than it has patience for', async () => {
    const queue = new InFlight();
    let end = () => {};
    const first = queue.after('k', () => new Promise<void>((resolve) => (end = resolve)));
    expect(await queue.after('k', async () => 'second', 10)).toBe('second');
    end();
    await first;
  });
});

describe('The ids of commands and events (D7)', () => {
  it('are the same for the same caller and key, and of nobody else', () => {
    expect(commandIdFor('alice', 'k')).toBe(commandIdFor('alice', 'k'));
    expect(new Set([commandIdFor('alice', 'k'), commandIdFor('bob', 'k'), commandIdFor('alice', 'l')]).size).toBe(3);
    expect(derivedId(commandIdFor('alice', 'k'), 'x/0')).not.toBe(derivedId(commandIdFor('alice', 'k'), 'x/1'));
  });
});

describe('If-Match', () => {
  it('holds the caller to the revision it saw', () => {
    expect(() => requireRevision(3n, context('z', { expectedRevision: 3n }))).not.toThrow();
    expect(() => requireRevision(3n, context('z', { expectedRevision: 2n }))).toThrow(
      'You saw revision 2; it is at revision 3',
    );
    expect(() => requireRevision(null, context('z', { expectedRevision: 2n }))).toThrow('it does not exist');
  });
});
