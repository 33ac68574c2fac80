import type { ReadModelRedis } from '../../../src/platform/redis/connection.js';
import { Leases, leasedAs } from '../../../src/platform/redis/leases.js';
import type { ReadModel } from '../../kernel/changes.js';
import type { ReadModelStatus } from '../status.js';
import { readModelStatus } from '../status.js';

const line = ({ name, build, next, position, ageSeconds, failure, parked }: ReadModelStatus): string => {
  const fresh = ageSeconds === null ? 'not whole yet' : `${ageSeconds} s behind`;
  const beside = next === null ? '' : `, build ${next} beside it`;
  const stopped =
    failure === null ? '' : `\n  build ${failure.build} stops on ${failure.stream} at ${failure.position}`;
  return `${name}: build ${build ?? 'none'} at ${position ?? 'nothing'}, ${fresh}${beside}${stopped}${parkedLines(parked)}`;
};

const parkedLines = ({ count, refused }: ReadModelStatus['parked']): string => {
  if (count === 0) return '';
  const each = refused.map(
    ({ type, stream, position, reason }) => `\n  ${type} of ${stream} at ${position}: ${reason}`,
  );
  return `\n  ${count} event${count === 1 ? '' : 's'} parked${each.join('')}`;
};

/** How every read model is doing, and who keeps how many of its shards: in words, or as one JSON document. */
export const showStatus = async (
  redis: ReadModelRedis,
  models: readonly ReadModel[],
  json: boolean,
): Promise<string> => {
  const status = await readModelStatus(redis, models);
  const holders = await Promise.all(models.map((model) => Leases.holders(redis, leasedAs(model))));
  const readModels = status.map((one, at) => ({
    ...one,
    position: one.position?.toString() ?? null,
    projectors: countOf([...(holders[at]?.values() ?? [])]),
  }));
  if (json) return JSON.stringify({ readModels });
  const projectors = new Set(holders.flatMap((held) => [...held.values()])).size;
  return [...status.map(line), `${projectors} projector${projectors === 1 ? '' : 's'} running`].join('\n');
};

const countOf = (holders: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(holders)].map((id) => [id, holders.filter((one) => one === id).length]));
