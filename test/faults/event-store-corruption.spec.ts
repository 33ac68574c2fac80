import {
  existsSync,
  openSync,
  closeSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startNode, withDataFolder } from '../contract/event-store/embedded-node.js';

const MARK = 'a text to find in the file';
const EVENTS = 50;

/** Leaves a log of some events behind, stopped as asked. */
async function writeLog(data: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<string> {
  const node = await startNode(data);
  const client = EventStoreDBClient.connectionString(node.url);
  for (let i = 0; i < EVENTS; i++) await client.appendToStream('s', jsonEvent({ type: 'T', data: { i, text: MARK } }));
  await client.dispose();
  await node.kill(signal);
  return join(data, 'events.sqlite');
}

/** The journal of a node that was killed. */
async function killedWith(data: string): Promise<string> {
  await writeLog(data, 'SIGKILL');
  return join(data, 'events.journal');
}

async function count(url: string): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  let events = 0;
  for await (const { event } of client.readStream('s')) if (event) events++;
  await client.dispose();
  return events;
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

  it('refuses a journal damaged amidst acknowledged commits, which would be cut off there', () =>
    withDataFolder(async (data) => {
      const journal = await killedWith(data);
      overwrite(journal, Math.floor(readFileSync(journal).lastIndexOf(MARK) / 2), 'damage');
      expect(await refusal(data)).toMatch(/corrupt amidst its records; restore/);
    }));

  it('refuses a journal that was cut short', () =>
    withDataFolder(async (data) => {
      const journal = await killedWith(data);
      truncateSync(journal, statSync(journal).size - 100);
      expect(await refusal(data)).toMatch(/was cut short; restore/);
    }));

  it('starts when only the last record of the journal is torn', () =>
    withDataFolder(async (data) => {
      const journal = await killedWith(data);
      overwrite(journal, readFileSync(journal).lastIndexOf(MARK), 'torn');
      const node = await startNode(data);
      expect(await count(node.url)).toBe(EVENTS - 1);
      await node.kill('SIGTERM');
    }));

  it('needs nothing of what SQLite has not put on disk yet', () =>
    withDataFolder(async (data) => {
      const journal = await killedWith(data);
      const wal = join(data, 'events.sqlite-wal');
      if (existsSync(wal)) truncateSync(wal, Math.floor(statSync(wal).size / 2));
      expect(existsSync(journal)).toBe(true);
      const node = await startNode(data);
      expect(await count(node.url)).toBe(EVENTS);
      await node.kill('SIGTERM');
    }));

  it('refuses a data folder that another node has', () =>
    withDataFolder(async (data) => {
      const node = await startNode(data);
      expect(await refusal(data)).toMatch(/is in use by another node/);
      await node.kill('SIGTERM');
    }));
});
