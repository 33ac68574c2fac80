import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../support/wait.js';
import { acceptanceAfter, checkpointOf, rewindCheckpoint } from './service/workflow.js';
import { Clients } from './service/clients.js';
import type { Logged } from './service/fold.js';
import { expectAcceptancesComplete, expectNothingTwice, isFollowUp } from './service/log-checks.js';
import { replay } from './service/replay.js';
import { PARTNERS, Pair } from './service/story.js';
import { World } from './service/world.js';

const ROUNDS = Math.ceil(Number(process.env['FAULT_ROUNDS'] ?? 6) / 4);
const AT_ONCE = 32;
const LONGEST_DELAY_MS = 10;

/** What the service had done last when it crashed. */
const CRASHES = [
  'accepting the invitation',
  'registering the customer',
  'establishing the relationship',
  'recording the privileges',
];

let world: World;
let clients: Clients;
afterAll(() => world.close());

const isAccepted = ({ type }: Logged): boolean => type === 'InvitationAccepted';

/** Until the workflow has looked at every acceptance that there is. */
const untilSeenThrough = async (): Promise<void> => {
  const last = (await world.log()).findLast(isAccepted);
  const isThrough = async () => ((await checkpointOf(world.store)) ?? 0n) >= (last?.position ?? 0n);
  await waitFor(isThrough, { what: 'the workflow has seen every acceptance through' });
};

describe('An acceptance whose service crashed (D1)', () => {
  let whole: readonly Logged[];
  const followUps = (log: readonly Logged[], customerId: string) =>
    log.filter((event) => isFollowUp(event) && event.data.customerId === customerId);

  /** Lets the service play every acceptance through, and writes what it would have left behind to another store. */
  beforeAll(async () => {
    world = await World.open();
    await world.start();
    clients = new Clients(world);
    await clients.start(0);
    for (const at of CRASHES.keys()) await new Pair(clients, world, at * PARTNERS.length).meet('grant');
    whole = await world.log();
    await world.close();
    const lost = new Set(CRASHES.flatMap((_, steps) => followUps(whole, `customer-${steps}`).slice(steps)));
    world = await World.open();
    const left = whole.filter((event) => !lost.has(event));
    await replay(left, world.store);
    await world.start();
    await untilSeenThrough();
    clients = new Clients(world);
  }, 60_000);

  const withoutPlace = ({ position: _, ...event }: Logged) => event;
  /** Each in a stream of its own: which comes first in the log does not matter. */
  const byStream = (one: { stream: string }, other: { stream: string }) => (one.stream < other.stream ? -1 : 1);
  const inEachStream = (log: readonly Logged[], customerId: string) =>
    followUps(log, customerId).map(withoutPlace).sort(byStream);

  it.each([...CRASHES.entries()])('%d: is completed although the last thing done was %s', async (steps) => {
    const customerId = `customer-${steps}`;
    expect(inEachStream(await world.log(), customerId)).toEqual(inEachStream(whole, customerId));
  });

  it('is not completed twice by a service that starts again and has forgotten how far it was', async () => {
    await new Pair(clients, world, CRASHES.length * PARTNERS.length).meet('grant');
    await world.restart(() => rewindCheckpoint(world.store));
    await untilSeenThrough();
    const log = await world.log();
    for (const customerId of CRASHES.map((_, steps) => `customer-${steps}`))
      expect(inEachStream(log, customerId)).toEqual(inEachStream(whole, customerId));
  });

  it(`is completed, or never was, when the kill comes with the first of many, ${ROUNDS} times`, async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const pairs = Array.from({ length: AT_ONCE }, (_, n) => new Pair(clients, world, 100 * round + n));
      const invited = await Promise.all(pairs.map((pair) => pair.invite('grant')));
      const end = (await world.log()).at(-1)?.position ?? 0n;
      const accepted = acceptanceAfter(end, world.store);
      const sent = invited.map((invitation, n) => pairs[n]?.acceptOnce(invitation));
      await accepted;
      await sleep(Math.random() * LONGEST_DELAY_MS);
      await world.restart();
      await Promise.all(sent);
      await untilSeenThrough();
    }
    const log = await world.log();
    expect(clients.journal.unanswered).toBeGreaterThan(ROUNDS);
    expect(log.filter(isAccepted).length).toBeGreaterThan(CRASHES.length);
    expectNothingTwice(log);
    expectAcceptancesComplete(log);
  }, 60_000);
});
