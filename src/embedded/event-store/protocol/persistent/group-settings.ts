export type ConsumerStrategy = 'RoundRobin' | 'DispatchToSingle';

/** How a consumer group works, as a client sets it. Its buffer sizes bound what a node reads ahead; this one reads nothing ahead. */
export interface GroupSettings {
  /** The revision of the first event to consume; `end` means those written after the group was made. */
  readonly startFrom: number | 'end';
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  /** After so many milliseconds without an answer a message is sent again; 0 waits for ever. */
  readonly messageTimeoutMs: number;
  /** A message is parked when it was sent again so many times. */
  readonly maxRetryCount: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  readonly checkpointAfterMs: number;
  /** 0 means as many as come. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly strategy: ConsumerStrategy;
}

/** What no group can work with, in a sentence; undefined when the settings are sound. */
export function faultOf(settings: GroupSettings): string | undefined {
  const numbers = Object.entries(settings).filter(([, value]) => typeof value === 'number');
  const negative = numbers.find(([, value]) => (value as number) < 0);
  if (negative) return `${negative[0]} must not be negative.`;
  if (settings.readBatchSize === 0) return 'The read batch size must be greater than 0.';
  if (settings.readBatchSize >= settings.historyBufferSize) {
    return 'The history buffer size must be greater than the read batch size.';
  }
  return undefined;
}
