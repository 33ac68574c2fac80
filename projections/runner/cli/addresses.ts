import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { socketPath } from '../../../src/embedded/data-folder.js';
import { readAddress } from '../../../src/embedded/event-store/address-file.js';
import type { Config } from '../../../src/platform/config/config.js';

/** Where the service's Redis is: as configured, or the embedded one of the service that runs on the data folder. */
export const redisAddress = ({ redisUrl, dataDir }: Config): string | null => {
  if (redisUrl) return redisUrl;
  const pattern = socketPath(dataDir, 'redis');
  const [folder, prefix] = [dirname(pattern), basename(pattern, '.sock')];
  try {
    const found = readdirSync(folder).find((file) => file.startsWith(`${prefix}-`) && file.endsWith('.sock'));
    return found === undefined ? null : join(folder, found);
  } catch {
    return null;
  }
};

/** Where the log is: as configured, or the embedded one of the service that runs on the data folder. */
export const eventStoreAddress = ({ eventStoreUrl, dataDir }: Config): string | null =>
  eventStoreUrl ?? readAddress(join(dataDir, 'event-store')) ?? null;
