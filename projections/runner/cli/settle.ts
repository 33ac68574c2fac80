import type { EventStore } from '../../../src/platform/event-store/event-store.js';
import type { BuildState } from '../../../src/platform/redis/builds.js';
import { Builds, versionOf } from '../../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../../src/platform/redis/connection.js';
import { Keyspace } from '../../../src/platform/redis/keyspace.js';
import type { ReadModel } from '../../kernel/changes.js';
import type { Letter } from '../../kernel/letter.js';
import { ALL_SHARDS } from '../../kernel/shard.js';
import type { Settled, Wanted } from '../settlement.js';
import { Settlement } from '../settlement.js';
import { Skips } from '../skips.js';
import { parkedIn } from '../status.js';

/** The servers that a command works with. */
export interface Servers {
  readonly redis: ReadModelRedis;
  readonly events: EventStore;
}

/** The live build. @throws Error when there is none that this release's projection has made */
const liveBuild = ({ live }: BuildState, { name, version }: ReadModel): string => {
  if (live === null) throw new Error(`No build of ${name} is live.`);
  if (versionOf(live) === version) return live;
  throw new Error(
    `${name} is answered from build ${live}; this release makes version ${version}: run another release.`,
  );
};

const settleAll = async ({ redis, events }: Servers, model: ReadModel, build: string, wanted: Wanted) => {
  const skipped = (await new Skips(events).positions()).get(model.name) ?? new Set();
  const settled: Settled[] = [];
  for (const shard of ALL_SHARDS) {
    const keys = new Keyspace(model.name, build, shard);
    const skips = (letter: Letter) => wanted.skips(letter) || skipped.has(letter.position);
    settled.push(await new Settlement(events, redis, model, keys).settle({ ...wanted, skips }));
  }
  return {
    applied: once(settled.flatMap(({ applied }) => applied)),
    parked: new Map(settled.flatMap(({ parked }) => parked.map((one) => [one.position, one]))),
  };
};

const once = (positions: readonly string[]): string[] => [...new Set(positions)];

const counted = (positions: readonly string[]): string =>
  `${positions.length} event${positions.length === 1 ? '' : 's'}${positions.length === 0 ? '' : ` (${positions.join(', ')})`}`;

/**
 * Tries parked events again: the one at a position, or all; and what waits for them. @throws Error naming those that are
 * still parked afterwards, or when the position is not parked or only waits
 */
export const retry = async (servers: Servers, model: ReadModel, which: string): Promise<string> => {
  const build = liveBuild(await new Builds(servers.redis).state(model.name), model);
  if (which !== 'all') refuseIfWaiting(model, await letterAt(servers, model, build, which));
  const isWanted = ({ position, reason }: Letter) => reason !== null && (which === 'all' || position === which);
  const { applied, parked } = await settleAll(servers, model, build, { retries: isWanted, skips: () => false });
  const done = `${counted(applied)} applied to ${model.name}`;
  if (parked.size === 0) return `${done}.`;
  const left = [...parked.values()].map(({ position, stream, reason }) => `\n  ${stream} at ${position}: ${reason}`);
  throw new Error(`${done}; still parked:${left.join('')}`);
};

/** @throws Error when it is not parked */
const letterAt = async ({ redis }: Servers, { name }: ReadModel, build: string, position: string): Promise<Letter> => {
  const found = (await parkedIn(redis, name, build)).find((letter) => letter.position === position);
  if (found) return found;
  throw new Error(`${name} has nothing parked at ${position}: npm run projections -- letters ${name}`);
};

const refuseIfWaiting = ({ name }: ReadModel, { position, behind }: Letter): void => {
  if (behind === null) return;
  throw new Error(`${position} waits for ${behind}: retry or skip that one of ${name}, and this one follows.`);
};

/**
 * Leaves an event out of a read model for good, in every build, on record; what waited for it is applied. A build that
 * has stopped on the event goes on. @throws Error when neither the live build nor one to come is stopped by it
 */
export const skip = async (servers: Servers, model: ReadModel, position: string, reason: string): Promise<string> => {
  const builds = new Builds(servers.redis);
  const state = await builds.state(model.name);
  const { eventId, stream } = await stoppedBy(servers, model, state, position);
  const at = new Date().toISOString();
  await new Skips(servers.events).add({ readModel: model.name, position, eventId, stream, reason, at });
  const applied = await applyWaiting(servers, model, state, position);
  if (state.next !== null && versionOf(state.next) === model.version) await builds.request(model);
  return `${stream} at ${position} is left out of ${model.name}; ${counted(applied)} that waited for it applied.`;
};

const stoppedBy = async (servers: Servers, model: ReadModel, state: BuildState, position: string) => {
  const { live, failure } = state;
  if (failure?.position === position) return failure;
  return letterAt(servers, model, live ?? '', position);
};

const applyWaiting = async (servers: Servers, model: ReadModel, state: BuildState, position: string) => {
  const { live } = state;
  if (live === null || versionOf(live) !== model.version) return [];
  const isIt = (letter: Letter) => letter.position === position;
  return (await settleAll(servers, model, live, { retries: () => false, skips: isIt })).applied;
};
