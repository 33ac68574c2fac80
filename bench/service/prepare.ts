import { jsonEvent } from '@eventstore/db-client';
import { SPARE, invite } from './commands.js';
import type { Figures } from './figures.js';
import { fill } from './filling.js';
import { acceptance, customer, enrolment } from './history.js';
import { agentOf } from './people.js';
import type { Plan } from './plan.js';
import { say } from './progress.js';
import { untilReached } from './read-models.js';
import type { Run } from './run.js';
import { BIG, PARTNERS, listOf } from './run.js';
import type { Stage } from './stage.js';
import type { Written } from './written.js';

/** Of fewer events the service's start takes too large a part for a million to follow from it. */
const WORTH_SCALING = 100_000;

function* past({ customers, lists }: Plan): Generator<Written> {
  for (const partner of [BIG, ...PARTNERS, ...lists.map(listOf)]) yield enrolment(partner);
  for (let n = 0; n < customers; n += 1) yield* acceptance(BIG, n);
  for (const length of lists) for (let n = 0; n < length; n += 1) yield* customer(listOf(length), n);
}

/** What follows from the acceptances of the past is written already: the workflow has nothing to look through. */
const seenThrough = (position: bigint) =>
  jsonEvent({ type: 'FollowerCheckpointed', data: { position: position.toString() } });

/** Writes the past, then starts the service on it, which builds all read models: that is the first thing measured. */
export const prepare = async (stage: Stage, plan: Plan, figures: Figures): Promise<Run> => {
  say('writing the past');
  const early = await fill(stage.store, past(plan));
  await stage.store.appendToStream('checkpoint-acceptance-workflow', seenThrough(early.position));
  const places = plan.customers;
  const rebuiltEvents = early.events - places;
  say(`building the read models from ${rebuiltEvents} events`);
  const began = performance.now();
  await stage.startService();
  await untilReached(stage.redis, early.position);
  const rebuildSeconds = (performance.now() - began) / 1_000;
  const { issuer } = stage;
  const agents = new Map(await Promise.all(PARTNERS.map(async (id) => [id, await agentOf(issuer, id)] as const)));
  say('inviting those who will accept, which warms the service up');
  const prepared = await invite(stage, agents, (plan.prepared + SPARE) * (plan.turns + 1));
  Object.assign(figures, { rebuiltEvents, rebuildSeconds });
  if (rebuiltEvents >= WORTH_SCALING) figures.rebuildSecondsPerMillion = (rebuildSeconds * 1e6) / rebuiltEvents;
  return { stage, plan, agents, prepared, figures };
};
