import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { startNode } from './embedded-node.js';

/** The node under test: the one EVENTSTORE_URL names, or the embedded one. */
export interface Target {
  readonly client: EventStoreDBClient;
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  const url = process.env['EVENTSTORE_URL'];
  if (url) {
    const client = EventStoreDBClient.connectionString(url);
    return { client, close: () => client.dispose() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  const node = await startNode(folder);
  const client = EventStoreDBClient.connectionString(node.url);
  const close = async () => {
    await client.dispose();
    await node.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  return { client, close };
}
