import { openSync, closeSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startNode, withDataFolder } from '../contract/event-store/embedded-node.js';

const MARK = 'a text to find in the file';

/** Leaves a log of some events behind, stopped as asked. */
async function writeLog(data: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<string> {
  const node = await startNode(data);
  const client = EventStoreDBClient.connectionString(node.url);
  for (let i = 0; i < 50; i++) await client.appendToStream('s', jsonEvent({ type: 'T', data: { i, text: MARK } }));
  await client.dispose();
  await node.kill(signal);
  return join(data, 'events.sqlite');
}

function overwrite(path: string, position: number, text: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, text, position);
  closeSync(file);
}

/** What the node says when it refuses to start: one sentence. */
async function refusal(data: string): Promise<string> {
  const error = await startNode(data).then(
    (node) => node.kill('SIGKILL').then(() => 'it started'),
    (reason: Error) => reason.message,
  );
  expect(error.trim().split('\n')).toHaveLength(1);
  return (JSON.parse(error) as { what: string }).what;
}

describe('an event store whose file was damaged', () => {
  it('refuses a file in which one event was changed', () =>
    withDataFolder(async (data) => {
      const path = await writeLog(data, 'SIGTERM');
      overwrite(path, readFileSync(path).lastIndexOf(MARK), 'A');
      expect(await refusal(data)).toMatch(/^The event at position \d+ is corrupt; restore/);
    }));

  it('refuses a file that was cut short', () =>
    withDataFolder(async (data) => {
      const path = await writeLog(data, 'SIGTERM');
      truncateSync(path, statSync(path).size - 5000);
      expect(await refusal(data)).toMatch(/corrupt|torn/);
    }));

  it('refuses a file that was emptied', () =>
    withDataFolder(async (data) => {
      truncateSync(await writeLog(data, 'SIGTERM'), 0);
      expect(await refusal(data)).toMatch(/is empty; restore it/);
    }));

  it('refuses a file that is something else', () =>
    withDataFolder(async (data) => {
      writeFileSync(await writeLog(data, 'SIGTERM'), 'not a database at all '.repeat(500));
      expect(await refusal(data)).toMatch(/corrupt/);
    }));

  it('refuses a write-ahead log damaged amidst acknowledged commits, which SQLite would cut off there', () =>
    withDataFolder(async (data) => {
      const wal = `${await writeLog(data, 'SIGKILL')}-wal`;
      overwrite(wal, Math.floor(statSync(wal).size / 2), 'damage');
      expect(await refusal(data)).toMatch(/corrupt amidst its transactions/);
    }));

  it('starts when only the last transaction of the write-ahead log is torn', () =>
    withDataFolder(async (data) => {
      const wal = `${await writeLog(data, 'SIGKILL')}-wal`;
      truncateSync(wal, statSync(wal).size - 100);
      const node = await startNode(data);
      await node.kill('SIGTERM');
    }));

  it('refuses a data folder that another node has', () =>
    withDataFolder(async (data) => {
      const node = await startNode(data);
      expect(await refusal(data)).toMatch(/is in use by another node/);
      await node.kill('SIGTERM');
    }));
});
