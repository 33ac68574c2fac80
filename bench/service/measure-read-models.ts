import { catchUp, drain, entriesIn } from './catch-up.js';
import { bytesOfModels, usedMemory } from './memory.js';
import { median } from './pace.js';
import { rounded, say } from './progress.js';
import type { Run } from './run.js';
import { inTurns } from './run.js';

/** What a customer, and an entry of the audit trail, takes in Redis. */
export const measureMemory = async ({ stage: { redis }, plan, figures }: Run): Promise<void> => {
  say('weighing the read models');
  const bytes = await bytesOfModels(redis);
  const customers = plan.customers + plan.lists.reduce((sum, length) => sum + length, 0);
  figures.redisBytesPerCustomer = (bytes['customer-list'] ?? NaN) / customers;
  figures.redisBytesPerPrivileges = (bytes['residual-privileges'] ?? NaN) / customers;
  figures.redisBytesPerAuditEntry = (bytes['audit-trail'] ?? NaN) / (await entriesIn(redis));
  say(`redis uses ${await usedMemory(redis)} bytes in all, of which ${JSON.stringify(bytes)}`);
};

/** The read models' way through the whole log beside one that does nothing. */
export const measureCatchUp = async ({ stage, plan, figures }: Run): Promise<void> => {
  say('reading the whole log again');
  const found = { drained: [] as number[], caughtUp: [] as number[] };
  let last = (await drain(stage.store)).last;
  await inTurns(
    plan.turns,
    async () => {
      const drained = await drain(stage.store);
      last = drained.last;
      found.drained.push(drained.perSecond);
    },
    async () => void found.caughtUp.push(await catchUp(stage, last)),
  );
  say(`catch-up: ${rounded(found)}`);
  figures.drainedPerSecond = median(found.drained);
  figures.caughtUpPerSecond = median(found.caughtUp);
  figures.catchUpPerDrain = median(found.caughtUp) / median(found.drained);
};
