import { join } from 'node:path';
import { startNode, type NodeProcess } from './embedded-node.js';
import { startSecureNode } from './secure-node.js';

export interface Way {
  readonly node: NodeProcess;
  /** The connection string of an admin; @param query further options of it, each behind an `&` */
  readonly url: (query?: string) => string;
  /** Where the node answers plain HTTP. */
  readonly origin: string;
}

const plainly = async (folder: string): Promise<Way> => {
  const node = await startNode(join(folder, 'data'));
  const url = (query = '') => `esdb://127.0.0.1:${node.port}?tls=false${query}`;
  return { node, url, origin: `http://127.0.0.1:${node.port}` };
};

const securely = async (folder: string): Promise<Way> => {
  const node = await startSecureNode(folder);
  const url = (query = '') =>
    `esdb://admin:changeit@localhost:${node.port}?tls=true&tlsCAFile=${node.authority}${query}`;
  return { node, url, origin: `https://localhost:${node.port}` };
};

/** How the official client's own tests reach a node. */
export const WAYS = [
  ['in the clear', plainly],
  ['over TLS', securely],
] as const;
