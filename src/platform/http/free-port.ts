import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The port asked for, or for 0 one that is free: personal links name it, so it is known before anything listens. */
export const chosenPort = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    if (port !== 0) return resolve(port);
    const server = createServer().once('error', reject);
    server.listen(0, host, () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
