import { Agent, request } from 'node:http';
import type { Call } from './load.js';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, noDelay: true });

/** Calls once, over connections that are kept: as little work as can be beside what is measured. */
export const call = (url: string, { method, path, headers, body }: Call): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(url + path, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** Ends the connections that were kept. */
export const hangUp = (): void => agent.destroy();
