import { jest } from '@jest/globals';
import type { Decider } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import type { EventStore } from '../event-store/event-store.js';
import type { CommandContext } from './command-context.js';
import { CommandHandling } from './command-handling.js';

type Counted = DomainEvent<'Counted', { by: number }>;
const sum: Decider<number, Counted> = { initial: 0, evolve: (total, { data }) => total + data.by };
const counted = (by: number): Counted => ({ type: 'Counted', data: { by } });
const context = {
  commandId: '00000000-0000-4000-8000-000000000001',
  expectedRevision: null,
  now: '',
} as CommandContext;

describe('The outcome of a command', () => {
  it('is as of its own events, whatever else is seen of the stream while they are appended (D7)', async () => {
    const log = [counted(1)];
    const read = async (_: string, after: bigint | null) =>
      log
        .map((event, at) => ({ event, revision: BigInt(at), position: BigInt(at), metadata: {} }) as Recorded<Counted>)
        .filter(({ revision }) => after === null || revision > after);
    const append = async (_: string, [own]: readonly { event: Counted }[]) => {
      log.push(own?.event as Counted, counted(100));
      await handling.known('s', sum, (total) => total > 100);
      return { revision: 1n, position: 1n };
    };
    const handling = new CommandHandling({ read, append, schemas: { versionOf: () => 1 } } as unknown as EventStore);
    const outcome = await handling.handle('s', sum, context, () => [counted(10)]);
    expect(outcome).toMatchObject({ state: 11, revision: 1n, position: 1n });
    expect(await handling.known('s', sum, () => true)).toBe(111);
  });
});

describe('A stream that is changed in passing', () => {
  const log = [counted(1)];
  const read = jest.fn(async (_: string, after: bigint | null) =>
    log
      .map((event, at) => ({ event, revision: BigInt(at), position: BigInt(at), metadata: {} }) as Recorded<Counted>)
      .filter(({ revision }) => after === null || revision > after),
  );
  const append = async (_: string, [own]: readonly { event: Counted }[]) => {
    const position = BigInt(log.push(own?.event as Counted) - 1);
    return { revision: position, position };
  };
  const handling = new CommandHandling({ read, append, schemas: { versionOf: () => 1 } } as unknown as EventStore);
  const change = (n: number) =>
    handling.handle(
      's',
      sum,
      { ...context, commandId: `00000000-0000-4000-8000-00000000001${n}` },
      () => [counted(10)],
      { passing: true },
    );
  const isRemembered = () => handling.known('s', sum, (total) => total > 0);

  it('is not remembered', async () => {
    await change(1);
    read.mockClear();
    expect(await isRemembered()).toBe(11);
    expect(read).toHaveBeenCalledTimes(1);
  });
  it('is kept up to date where it is remembered', async () => {
    await change(2);
    read.mockClear();
    expect(await isRemembered()).toBe(21);
    expect(read).not.toHaveBeenCalled();
  });
});
