import { Builds } from '../../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../../src/platform/redis/connection.js';
import type { ReadModel } from '../../kernel/changes.js';
import type { Letter } from '../../kernel/letter.js';
import { parkedIn } from '../status.js';

const line = ({ position, type, stream, revision, eventId, reason, behind, at }: Letter): string =>
  `  ${position}  ${type} ${revision}@${stream}  ${reason ?? `waits for ${behind}`}  (event ${eventId}, parked ${at})`;

/** The events that each read model has put aside, in log order: in words, or as one JSON document. */
export const showLetters = async (
  redis: ReadModelRedis,
  models: readonly ReadModel[],
  json: boolean,
): Promise<string> => {
  const builds = new Builds(redis);
  const readModels = await Promise.all(
    models.map(async ({ name }) => {
      const { live } = await builds.state(name);
      const letters = live === null ? [] : await parkedIn(redis, name, live);
      return { name, build: live, letters: letters.map(({ holds: _, ...shown }) => shown as Letter) };
    }),
  );
  if (json) return JSON.stringify({ readModels });
  return readModels
    .flatMap(({ name, letters }) => [
      `${name}: ${letters.length === 0 ? 'nothing' : letters.length} parked`,
      ...letters.map(line),
    ])
    .join('\n');
};
