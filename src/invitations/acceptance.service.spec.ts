import type { Recorded } from '../kernel/event.js';
import type { CommandHandling } from '../platform/commands/command-handling.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import { AcceptanceCompletion } from './acceptance.service.js';
import type { InvitationAccepted } from './invitation.events.js';
import { accepted } from './invitation.fixture.js';

const ID = '00000000-0000-4000-8000-000000000001';
const recorded = () => ({ id: ID, position: 7n, metadata: {}, event: accepted() }) as Recorded<InvitationAccepted>;

/** Carries out no command, counts them, and ends each with the next of these outcomes. */
const counting = (...outcomes: (() => Promise<{ position: bigint }>)[]) => {
  const streams: string[] = [];
  const handle = (stream: string) => {
    streams.push(stream);
    return (outcomes.shift() ?? (async () => ({ position: 9n })))();
  };
  return { streams, completion: new AcceptanceCompletion({ handle } as unknown as CommandHandling, {} as EventStore) };
};

describe('What follows from an acceptance', () => {
  it('is carried out once, though the request and the follower come to it together (D1)', async () => {
    const { streams, completion } = counting();
    const [request, follower] = await Promise.all([completion.complete(recorded()), completion.complete(recorded())]);
    expect([request, follower, await completion.complete(recorded())]).toEqual([9n, 9n, 9n]);
    expect(streams).toEqual(['customer-fabrikam', 'relationship-contoso~fabrikam', 'privileges-contoso~fabrikam']);
  });

  it('is carried out again by whoever comes next where a step failed (D1)', async () => {
    const { streams, completion } = counting(() => Promise.reject(new Error('no answer')));
    await expect(completion.complete(recorded())).rejects.toThrow('no answer');
    expect(await completion.complete(recorded())).toBe(9n);
    expect(streams).toHaveLength(6);
  });
});

describe('A step that meets what was ended', () => {
  it('asks the log where an acceptance stands that was recognised as repeated (D1)', async () => {
    const removed = { event: { type: 'RelationshipRemoved', data: {} }, position: 5n };
    const asked: string[] = [];
    const store = {
      read: async () => [removed],
      readOne: async (stream: string) => (asked.push(stream), { ...recorded(), position: 9n }),
    };
    const decided: unknown[] = [];
    const handle = async (stream: string, _: unknown, __: unknown, decide: (state: object) => Promise<object[]>) => {
      if (stream.startsWith('relationship-')) decided.push(...(await decide({ status: 'removed' })));
      return { position: 9n };
    };
    const completion = new AcceptanceCompletion({ handle } as never, store as never);
    await completion.complete({ ...recorded(), stream: 'invitation-1', position: 0n });
    expect([asked, decided]).toEqual([
      ['invitation-1'],
      [expect.objectContaining({ type: 'RelationshipEstablished' })],
    ]);
  });
});
