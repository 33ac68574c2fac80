import type { Recorded } from '../kernel/event.js';
import type { CommandHandling } from '../platform/commands/command-handling.js';
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
  return { streams, completion: new AcceptanceCompletion({ handle } as unknown as CommandHandling) };
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
