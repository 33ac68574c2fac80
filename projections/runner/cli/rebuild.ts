import { setTimeout as sleep } from 'node:timers/promises';
import type { BuildState } from '../../../src/platform/redis/builds.js';
import { Builds } from '../../../src/platform/redis/builds.js';
import type { ReadModelRedis } from '../../../src/platform/redis/connection.js';
import type { ReadModel } from '../../kernel/changes.js';
import { leastOf, shardStatus } from '../status.js';
import { Progress } from '../../../src/platform/cli/progress.js';

type Failure = NonNullable<BuildState['failure']>;

const LOOK_MS = 250;
const PRECISION = 10_000n;

const share = (done: bigint | null, all: bigint | null): number => {
  if (done === null || all === null || all === 0n) return 0;
  return Math.min(1, Number((done * PRECISION) / all) / Number(PRECISION));
};

const inWords = ({ build, eventId, stream, position, reason }: Failure, live: string): string =>
  `The build ${build} stops on event ${eventId} of ${stream} at ${position}: ${reason}. ` +
  `Deploy a version that can take it; ${live} answers meanwhile.`;

/**
 * Has a read model built anew beside the live one, and stays until it is live. What has been begun goes on, also when
 * this command is ended. Answers in words how it came out. @throws Error naming the event that the build stops on
 */
export const rebuild = async (redis: ReadModelRedis, model: ReadModel, out: NodeJS.WriteStream): Promise<string> => {
  const builds = new Builds(redis);
  const wanted = await builds.request(model);
  const progress = new Progress(out);
  for (
    let live = await standing(builds, model, wanted);
    live !== wanted;
    live = await standing(builds, model, wanted)
  ) {
    progress.show(await shareOf(redis, model, wanted, live));
    await sleep(LOOK_MS);
  }
  progress.show(1);
  progress.end();
  return `${model.name} is answered from build ${wanted}; the former one is being cleared away.`;
};

/** The live build. @throws Error when the wanted one is neither live nor on its way */
const standing = async (builds: Builds, { name }: ReadModel, wanted: string): Promise<string> => {
  const { live, next, failure } = await builds.state(name);
  if (live === wanted) return live;
  if (live === null || next !== wanted) throw new Error(`Another build has taken the place of ${wanted}.`);
  if (failure?.build === wanted) throw new Error(inWords(failure, live));
  return live;
};

const shareOf = async (redis: ReadModelRedis, { name }: ReadModel, wanted: string, live: string): Promise<number> => {
  const [at, head] = await Promise.all([shardStatus(redis, name, wanted), shardStatus(redis, name, live)]);
  return share(leastOf(at).position, leastOf(head).position);
};
