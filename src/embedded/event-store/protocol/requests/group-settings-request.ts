import type { FieldReader } from '../../codec/field-reader.js';
import { unserved } from '../errors.js';
import type { ConsumerStrategy, GroupSettings } from '../persistent/group-settings.js';

type Draft = { -readonly [K in keyof GroupSettings]: GroupSettings[K] };

const TICKS_PER_MILLISECOND = 10_000n;
const END = 2n ** 64n - 1n;
/** Beyond this no revision is told from another. */
const GREATEST_REVISION = BigInt(Number.MAX_SAFE_INTEGER);
const STRATEGIES: readonly string[] = ['DispatchToSingle', 'RoundRobin', 'Pinned'];

const FIELDS: Readonly<Record<number, (reader: FieldReader, draft: Draft) => void>> = {
  1: (reader, draft) => void (draft.resolveLinks = reader.bool()),
  2: (reader, draft) => void (draft.startFrom = revisionOf(reader.uint64())),
  3: (reader, draft) => void (draft.extraStatistics = reader.bool()),
  4: (reader, draft) => void (draft.messageTimeoutMs = Number(reader.int64() / TICKS_PER_MILLISECOND)),
  5: (reader, draft) => void (draft.maxRetryCount = int32(reader)),
  6: (reader, draft) => void (draft.checkpointAfterMs = Number(reader.int64() / TICKS_PER_MILLISECOND)),
  7: (reader, draft) => void (draft.minCheckpointCount = int32(reader)),
  8: (reader, draft) => void (draft.maxCheckpointCount = int32(reader)),
  9: (reader, draft) => void (draft.maxSubscriberCount = int32(reader)),
  10: (reader, draft) => void (draft.liveBufferSize = int32(reader)),
  11: (reader, draft) => void (draft.readBatchSize = int32(reader)),
  12: (reader, draft) => void (draft.historyBufferSize = int32(reader)),
  13: (reader, draft) => void (draft.strategy = strategyOf(STRATEGIES[int32(reader)] ?? 'of that number')),
  14: (reader, draft) => void (draft.messageTimeoutMs = int32(reader)),
  15: (reader, draft) => void (draft.checkpointAfterMs = int32(reader)),
  16: (reader, draft) => void (draft.strategy = strategyOf(reader.string())),
};

/**
 * Reads the settings of a CreateReq or an UpdateReq; a number that is not sent is 0, as the protocol has it.
 * @throws MalformedMessage; RpcError when the strategy is not served
 */
export function readGroupSettings(reader: FieldReader): GroupSettings {
  const draft: Draft = {
    startFrom: 0,
    resolveLinks: false,
    extraStatistics: false,
    messageTimeoutMs: 0,
    maxRetryCount: 0,
    minCheckpointCount: 0,
    maxCheckpointCount: 0,
    checkpointAfterMs: 0,
    maxSubscriberCount: 0,
    liveBufferSize: 0,
    readBatchSize: 0,
    historyBufferSize: 0,
    strategy: 'DispatchToSingle',
  };
  while (reader.next()) {
    const read = FIELDS[reader.field];
    if (read) read(reader, draft);
    else reader.skip();
  }
  return draft;
}

/** The greatest 64-bit number means the end. */
export function revisionOf(revision: bigint): GroupSettings['startFrom'] {
  if (revision === END) return 'end';
  return Number(revision > GREATEST_REVISION ? GREATEST_REVISION : revision);
}

function int32(reader: FieldReader): number {
  return Number(BigInt.asIntN(32, reader.uint64()));
}

function strategyOf(name: string): ConsumerStrategy {
  if (name === 'RoundRobin' || name === 'DispatchToSingle') return name;
  throw unserved(`The consumer strategy ${name}`, 'RoundRobin and DispatchToSingle are served');
}
