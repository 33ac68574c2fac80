import { log } from '../../src/platform/telemetry/log.js';
import type { Keyspace } from '../../src/platform/redis/keyspace.js';
import type { Fact } from '../kernel/event-types.js';
import type { Letter } from '../kernel/letter.js';
import type { Parked } from '../kernel/parking.js';

/** What to do about an event that a read model cannot take. */
export const remedyFor = (readModel: string, position: string): string =>
  `deploy a version that can take it, then npm run projections -- retry ${readModel} ${position}; ` +
  `or npm run projections -- skip ${readModel} ${position} --reason "…"`;

/** An event as the service's log names it: by ids alone. */
const named = ({ model, build, shard }: Keyspace, { id, stream, revision, position, event }: Fact) => ({
  ...{ readModel: model, build, shard, eventId: id, type: event.type, stream },
  ...{ revision: revision.toString(), position: position.toString() },
});

/** Tells of events put aside. */
export const tellParked = (keys: Keyspace, parked: readonly Parked[]): void => {
  for (const { fact, reason, behind } of parked) {
    const what = named(keys, fact);
    if (behind === null) log.error({ ...what, reason, remedy: remedyFor(keys.model, what.position) }, 'event parked');
    else log.warn({ ...what, behind, remedy: remedyFor(keys.model, behind) }, 'event parked behind another');
  }
};

/** Tells that a shard stands still before an event, and why. */
export const tellHalted = (keys: Keyspace, { fact }: Parked, reason: string): void => {
  const what = named(keys, fact);
  log.error({ ...what, reason, remedy: remedyFor(keys.model, what.position) }, 'read model halted');
};

/** Why a shard that has no room for the event stops: it never had any, or it is full. */
export const whyHalted = ({ reason, behind }: Parked, letters: readonly Letter[]): string => {
  const why = reason ?? `it waits for the event at ${behind}`;
  return letters.length === 0 ? why : `${letters.length} events are parked already, which is the most: ${why}`;
};
