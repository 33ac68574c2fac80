import { APPENDS_OF_INVITATION, rawAppends } from './appends.js';
import { SPARE, acceptances, edits, invitations } from './commands.js';
import { median } from './pace.js';
import type { Authorization } from './people.js';
import { rounded, say } from './progress.js';
import type { Run } from './run.js';
import { inTurns } from './run.js';
import { visibility } from './visible.js';

/** Commands and appends that nobody counts, of each kind; the first share of those prepared is for them. */
export const warmUp = async ({ stage, plan, agents, prepared }: Run): Promise<void> => {
  say('warming up');
  const [partner, who] = [...agents][0] as [string, Authorization];
  await rawAppends(stage.store, plan.warming);
  await acceptances(stage.url, prepared.slice(0, plan.prepared + SPARE), plan.warming);
  await invitations(stage.url, agents, plan.warming);
  await edits(stage.url, partner, who, plan.warming);
};

/** Commands beside the appends that the client and the node could make. */
export const measureCommands = async ({ stage, plan, agents, prepared, figures }: Run): Promise<void> => {
  const { turns, seconds } = plan;
  const found = {
    raw: [] as number[],
    invitations: [] as number[],
    edits: [] as number[],
    acceptances: [] as number[],
  };
  const share = plan.prepared + SPARE;
  const [partner, who] = [...agents][0] as [string, Authorization];
  await inTurns(
    turns,
    async () => void found.raw.push((await rawAppends(stage.store, seconds)).perSecond),
    async () => void found.invitations.push((await invitations(stage.url, agents, seconds)).perSecond),
    async () => void found.edits.push((await edits(stage.url, partner, who, seconds)).perSecond),
    async () => {
      const from = (found.acceptances.length + 1) * share;
      found.acceptances.push((await acceptances(stage.url, prepared.slice(from, from + share), 2 * seconds)).perSecond);
      say(`commands: ${rounded(found)}`);
    },
  );
  const raw = median(found.raw);
  const perSecond = median(found.invitations);
  figures.rawAppendsPerSecond = raw;
  figures.invitationsPerSecond = perSecond;
  figures.acceptancesPerSecond = median(found.acceptances);
  figures.editsPerSecond = median(found.edits);
  figures.commandsPerAppend = median(found.edits) / raw;
  figures.invitationsPerAppend = perSecond / raw;
  figures.invitationAppendsPerAppend = (APPENDS_OF_INVITATION * perSecond) / raw;
};

/**
 * From a command's answer to its effect in a query's answer, at half the pace that was found possible, after a quarter of
 * that pace: nobody has asked so before, and what comes at full pace meanwhile would wait behind what is not compiled yet.
 */
export const measureVisibility = async ({ stage, plan, agents, figures }: Run): Promise<void> => {
  const pace = Math.floor((figures.invitationsPerSecond ?? NaN) / 2);
  say(`reading one's own writes, at ${pace} commands a second`);
  await visibility(stage.url, agents, Math.floor(pace / 4), plan.warming);
  const { p50, p99 } = await visibility(stage.url, agents, pace, plan.seconds * plan.turns);
  figures.visibleP50Ms = p50;
  figures.visibleP99Ms = p99;
};
