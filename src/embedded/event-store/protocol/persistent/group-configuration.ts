import { z } from 'zod';
import type { GroupSettings } from './group-settings.js';
import type { GroupName } from './group-streams.js';

/** A group as it is written down. */
export interface GroupConfiguration extends GroupName {
  readonly settings: GroupSettings;
  /** Where it begins without a checkpoint: what its settings say, known once the group is made. */
  readonly firstRevision: number;
}

const count = z.number().int().min(0);
const revision = z.number().int().min(-1);

/** The names are those of a real node, which has no `firstRevision`. */
const entry = z.object({
  stream: z.string(),
  group: z.string(),
  resolveLinkTos: z.boolean(),
  extraStatistics: z.boolean(),
  messageTimeout: count,
  startFrom: revision,
  firstRevision: count.optional(),
  maxRetryCount: count,
  minCheckPointCount: count,
  maxCheckPointCount: count,
  checkPointAfter: count,
  maxSubscriberCount: count,
  liveBufferSize: count,
  readBatchSize: count,
  historyBufferSize: count,
  namedConsumerStrategy: z.enum(['RoundRobin', 'DispatchToSingle']),
});
const configuration = z.object({ version: z.literal('2'), entries: z.array(entry) });

/** @param by who has changed it */
export function formatConfiguration(groups: readonly GroupConfiguration[], by: string): string {
  const updated = new Date().toISOString();
  return JSON.stringify({ version: '2', updated, updatedBy: by, entries: groups.map(entryOf) });
}

/** @throws Error with a sentence when the text is no configuration */
export function parseConfiguration(text: string | undefined): GroupConfiguration[] {
  if (text === undefined) return [];
  try {
    return configuration.parse(JSON.parse(text)).entries.map(groupOf);
  } catch (cause) {
    throw new Error('The newest event of $persistentSubscriptionConfig is no configuration of groups.', { cause });
  }
}

function entryOf({ stream, group, settings, firstRevision }: GroupConfiguration): z.infer<typeof entry> {
  return {
    stream,
    group,
    resolveLinkTos: settings.resolveLinks,
    extraStatistics: settings.extraStatistics,
    messageTimeout: settings.messageTimeoutMs,
    startFrom: settings.startFrom === 'end' ? -1 : settings.startFrom,
    firstRevision,
    maxRetryCount: settings.maxRetryCount,
    minCheckPointCount: settings.minCheckpointCount,
    maxCheckPointCount: settings.maxCheckpointCount,
    checkPointAfter: settings.checkpointAfterMs,
    maxSubscriberCount: settings.maxSubscriberCount,
    liveBufferSize: settings.liveBufferSize,
    readBatchSize: settings.readBatchSize,
    historyBufferSize: settings.historyBufferSize,
    namedConsumerStrategy: settings.strategy,
  };
}

function groupOf(written: z.infer<typeof entry>): GroupConfiguration {
  const { stream, group, startFrom, firstRevision = Math.max(0, startFrom) } = written;
  const settings: GroupSettings = {
    startFrom: startFrom === -1 ? 'end' : startFrom,
    resolveLinks: written.resolveLinkTos,
    extraStatistics: written.extraStatistics,
    messageTimeoutMs: written.messageTimeout,
    maxRetryCount: written.maxRetryCount,
    minCheckpointCount: written.minCheckPointCount,
    maxCheckpointCount: written.maxCheckPointCount,
    checkpointAfterMs: written.checkPointAfter,
    maxSubscriberCount: written.maxSubscriberCount,
    liveBufferSize: written.liveBufferSize,
    readBatchSize: written.readBatchSize,
    historyBufferSize: written.historyBufferSize,
    strategy: written.namedConsumerStrategy,
  };
  return { stream, group, settings, firstRevision };
}
