import { join } from 'node:path';
import { Subject } from '../../test/support/process.js';

/** Starts the bare server on this Redis. */
export const startBare = async (redisUrl: string): Promise<{ url: string; stop(): Promise<void> }> => {
  const script = join(process.cwd(), 'dist/bench/service/bare-server.js');
  const subject = Subject.start(process.execPath, [script, redisUrl]);
  const { url } = await subject.line((line) => JSON.parse(line) as { url: string });
  return { url, stop: () => subject.kill() };
};
