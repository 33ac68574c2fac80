import { startBare } from './bare.js';
import { call } from './caller.js';
import { median } from './pace.js';
import type { Pages } from './pages.js';
import { auditPages, listPages, pagesPace } from './pages.js';
import { pageP99s } from './page-sizes.js';
import { agentOf } from './people.js';
import { rounded, say } from './progress.js';
import type { Run } from './run.js';
import { BIG, inTurns, listOf } from './run.js';

/** The bare server answers what the service answers. */
const requireSameBytes = async (url: string, bareUrl: string, { paths, who }: Pages): Promise<void> => {
  const [path = ''] = paths;
  const ask = (at: string) => call(at, { method: 'GET', path, headers: who });
  const [own, bare] = await Promise.all([ask(url), ask(bareUrl)]);
  if (own.text !== bare.text) throw new Error(`The bare server answers something else: ${own.text} ${bare.text}`);
};

/** Pages of the list beside a server that does nothing else, and pages of the audit trail. */
export const measurePages = async ({ stage, plan, figures }: Run): Promise<void> => {
  const { redis, redisUrl, url, issuer } = stage;
  const who = await agentOf(issuer, BIG);
  const [list, audit] = await Promise.all([listPages(redis, BIG, who), auditPages(redis, BIG, who)]);
  const bareServer = await startBare(redisUrl);
  const found = { list: [] as number[], bare: [] as number[], audit: [] as number[] };
  await requireSameBytes(url, bareServer.url, list);
  for (const [at, pages] of [
    [bareServer.url, list],
    [url, list],
    [url, audit],
  ] as const)
    await pagesPace(at, pages, plan.warming / 2);
  await inTurns(
    plan.turns,
    async () => void found.bare.push((await pagesPace(bareServer.url, list, plan.seconds)).perSecond),
    async () => void found.list.push((await pagesPace(url, list, plan.seconds)).perSecond),
    async () => void found.audit.push((await pagesPace(url, audit, plan.seconds)).perSecond),
  );
  await bareServer.stop();
  say(`pages: ${rounded(found)}`);
  figures.listPagesPerSecond = median(found.list);
  figures.auditPagesPerSecond = median(found.audit);
  figures.barePagesPerSecond = median(found.bare);
  figures.listPagesPerBare = median(found.list) / median(found.bare);
};

/** The same page of lists of all lengths. */
export const measureListLengths = async ({ stage, plan, figures }: Run): Promise<void> => {
  const { redis, url, issuer } = stage;
  const lists = await Promise.all(
    plan.lists.map(async (length) => listPages(redis, listOf(length), await agentOf(issuer, listOf(length)))),
  );
  const p99s = await pageP99s(url, lists, plan.rounds);
  say(`page p99 by length: ${plan.lists.map((length, at) => `${length}: ${p99s[at]?.toFixed(2)} ms`).join(', ')}`);
  const [shortest = NaN] = p99s;
  figures.pageP99Ms = shortest;
  if (p99s.length > 1) figures.pageP99Ratio = (p99s.at(-1) ?? NaN) / shortest;
};
