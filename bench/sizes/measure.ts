import { catchUp, drain, entriesIn } from '../service/catch-up.js';
import { bytesOfModels } from '../service/memory.js';
import { pageP99s } from '../service/page-sizes.js';
import { listPages } from '../service/pages.js';
import { agentOf } from '../service/people.js';
import { say } from '../service/progress.js';
import { listOf } from '../service/run.js';
import { Stage } from '../service/stage.js';
import type { Paces } from './paces.js';
import { measurePaces } from './paces.js';
import { rebuild } from './rebuild.js';
import { writePast } from './writing.js';

const SHORT = 1_000;
const ROUNDS = 1_500;

/** What was found with a partner of so many customers. */
export interface SizeFigures extends Paces {
  readonly customers: number;
  readonly events: number;
  readonly rebuildSeconds: number;
  readonly millionSeconds: number | null;
  readonly drainedPerSecond: number;
  readonly caughtUpPerSecond: number;
  readonly bytesPerCustomer: number;
  readonly bytesPerEntry: number;
  /** p99 in milliseconds of a page of the list, and of one of a thousand customers in the same run. */
  readonly pageP99Ms: number;
  readonly shortPageP99Ms: number;
}

const weigh = async ({ redis }: Stage, customers: number) => {
  const bytes = await bytesOfModels(redis);
  return {
    bytesPerCustomer: (bytes['customer-list'] ?? NaN) / customers,
    bytesPerEntry: (bytes['audit-trail'] ?? NaN) / (await entriesIn(redis)),
  };
};

const pages = async ({ redis, issuer, url }: Stage, customers: number) => {
  const names = [listOf(SHORT), listOf(customers)];
  const lists = await Promise.all(names.map(async (name) => listPages(redis, name, await agentOf(issuer, name))));
  await pageP99s(url, lists, ROUNDS / 3);
  const [shortPageP99Ms = NaN, pageP99Ms = NaN] = await pageP99s(url, lists, ROUNDS);
  return { shortPageP99Ms, pageP99Ms };
};

/** Everything that may depend on how many customers a partner has, on a node, a Redis and a service of its own. */
export const measureSize = async (customers: number): Promise<SizeFigures> => {
  say(`${customers} customers of one partner: writing the past`);
  let events = 0;
  const lists = new Map([SHORT, customers].map((length) => [listOf(length), length]));
  const stage = await Stage.open(async (folder) => {
    events = await writePast(folder, lists);
  });
  try {
    say(`building the read models from ${events} events`);
    const { seconds, millionSeconds } = await rebuild(stage);
    say(`built in ${seconds.toFixed(1)} s; weighing them`);
    const weights = await weigh(stage, customers + SHORT);
    say('reading pages');
    const paged = await pages(stage, customers);
    say('commands and pages under load');
    const paces = await measurePaces(stage, customers);
    say('reading the whole log again');
    const { perSecond: drainedPerSecond, last } = await drain(stage.store);
    const caughtUpPerSecond = await catchUp(stage, last);
    const read = { rebuildSeconds: seconds, millionSeconds, drainedPerSecond, caughtUpPerSecond };
    return { customers, events, ...read, ...weights, ...paged, ...paces };
  } finally {
    await stage.close();
  }
};
