import { readFileSync } from 'node:fs';
import { allSubscriptions } from './event-store/scenarios/all-subscriptions.js';
import { append } from './event-store/scenarios/append.js';
import { deletion } from './event-store/scenarios/deletion.js';
import { idempotency } from './event-store/scenarios/idempotency.js';
import { metadata } from './event-store/scenarios/metadata.js';
import { persistentSubscriptions } from './event-store/scenarios/persistent-subscriptions.js';
import { reading } from './event-store/scenarios/reading.js';
import { streamSubscriptions } from './event-store/scenarios/stream-subscriptions.js';
import { SequencePlayer, type Step } from './event-store/sequence-player.js';
import { openTarget, type Target } from './event-store/target.js';
import { Witness } from './event-store/witness.js';

const SCENARIOS = {
  ...append,
  ...idempotency,
  ...reading,
  ...deletion,
  ...metadata,
  ...streamSubscriptions,
  ...allSubscriptions,
  ...persistentSubscriptions,
};

interface Sequence {
  readonly seed: number;
  readonly played: readonly (readonly [Step, unknown])[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(`test/contract/recorded-${name}.json`, 'utf8'));
const recorded = (read('behaviour') as { scenarios: Record<string, unknown> }).scenarios;
const { sequences } = read('sequences') as { sequences: readonly Sequence[] };

describe('an event store', () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it.each(Object.entries(SCENARIOS))('answers as a real node does: %s', async (name, scenario) => {
    const seen = await scenario(new Witness(name, target.client));
    expect(seen).toEqual(recorded[name]);
  });

  it.each(sequences)('answers the random sequence $seed as a real node did', async ({ played }) => {
    const player = new SequencePlayer(target.client);
    for (const [index, [step, answer]] of played.entries()) {
      expect({ index, step, answer: await player.play(step) }).toEqual({ index, step, answer });
    }
  });
});
