import { rawAppends } from '../service/appends.js';
import { startBare } from '../service/bare.js';
import { edits, invitations } from '../service/commands.js';
import type { Pace } from '../service/pace.js';
import { auditPages, listPages, pagesPace } from '../service/pages.js';
import { agentOf } from '../service/people.js';
import { listOf } from '../service/run.js';
import type { Stage } from '../service/stage.js';
import { visibility } from '../service/visible.js';

const [WARMING, MEASURED] = [1.5, 3];

/** How fast commands and pages are for a partner of so many customers, each a second, beside what bounds them. */
export interface Paces {
  readonly rawAppendsPerSecond: number;
  readonly editsPerSecond: number;
  readonly invitationsPerSecond: number;
  readonly barePagesPerSecond: number;
  readonly listPagesPerSecond: number;
  readonly auditPagesPerSecond: number;
  readonly visibleP50Ms: number;
  readonly visibleP99Ms: number;
}

/** What counts is a service that has been up for a while: the first seconds of each are left out. */
const onceWarm = async (work: (seconds: number) => Promise<Pace>): Promise<number> => {
  await work(WARMING);
  return (await work(MEASURED)).perSecond;
};

/** Everything here is of the partner with so many customers. */
export const measurePaces = async (stage: Stage, customers: number): Promise<Paces> => {
  const { store, redis, redisUrl, url, issuer } = stage;
  const partner = listOf(customers);
  const who = await agentOf(issuer, partner);
  const agents = new Map([[partner, who]]);
  const [list, audit] = await Promise.all([listPages(redis, partner, who), auditPages(redis, partner, who)]);
  const rawAppendsPerSecond = await onceWarm((seconds) => rawAppends(store, seconds));
  const editsPerSecond = await onceWarm((seconds) => edits(url, partner, who, seconds));
  const invitationsPerSecond = await onceWarm((seconds) => invitations(url, agents, seconds));
  const bare = await startBare(redisUrl);
  const barePagesPerSecond = await onceWarm((seconds) => pagesPace(bare.url, list, seconds));
  await bare.stop();
  const listPagesPerSecond = await onceWarm((seconds) => pagesPace(url, list, seconds));
  const auditPagesPerSecond = await onceWarm((seconds) => pagesPace(url, audit, seconds));
  const { p50, p99 } = await visibility(url, agents, Math.floor(invitationsPerSecond / 2), MEASURED);
  return {
    ...{ rawAppendsPerSecond, editsPerSecond, invitationsPerSecond },
    ...{ barePagesPerSecond, listPagesPerSecond, auditPagesPerSecond, visibleP50Ms: p50, visibleP99Ms: p99 },
  };
};
