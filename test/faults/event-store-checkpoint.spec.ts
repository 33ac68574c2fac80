import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startNode, withDataFolder } from '../contract/event-store/embedded-node.js';

type Built = typeof import('../../src/embedded/event-store/log/checkpointer.js') &
  typeof import('../../src/embedded/event-store/log/database.js') &
  typeof import('../../src/embedded/event-store/log/event-log.js');

const MIB = 1024 * 1024;
const LOG = join(process.cwd(), 'dist/src/embedded/event-store/log');
const built = async (name: string) => (await import(pathToFileURL(join(LOG, name)).href)) as Built;

/** A file with eight mebibytes in SQLite's log, and who moves them. */
async function filled(data: string) {
  const [{ Checkpointer }, { closeDatabase, finishWriteAheadLog, openDatabase }] = await Promise.all(
    ['checkpointer.js', 'database.js'].map(built) as [Promise<Built>, Promise<Built>],
  );
  const path = join(data, 'events.sqlite');
  const database = openDatabase(path);
  const insertion = database.prepare('INSERT INTO events (position, pack) VALUES (?, ?)');
  const write = (first: number, rows: number) => {
    for (let n = first; n < first + rows; n++) insertion.run([n, Buffer.alloc(MIB, n)]);
  };
  write(1, 8);
  return {
    write,
    checkpointer: new Checkpointer(path),
    moved: () => statSync(path).size,
    finish: () => finishWriteAheadLog(database),
    close: () => closeDatabase(database, path),
  };
}

describe('SQLite’s log is moved into the file by a thread of its own', () => {
  it('while more is written, and leaves the rest to be finished', () =>
    withDataFolder(async (data) => {
      const { write, checkpointer, moved, finish, close } = await filled(data);
      expect(moved()).toBeLessThan(MIB);
      const done = new Promise<void>((resolve) => checkpointer.begin(resolve));
      write(9, 2);
      await done;
      expect(moved()).toBeGreaterThan(7 * MIB);
      finish();
      expect(moved()).toBeGreaterThan(9 * MIB);
      checkpointer.close();
      close();
    }));

  it('and waited for, whenever that is asked for', () =>
    withDataFolder(async (data) => {
      const { write, checkpointer, moved, finish, close } = await filled(data);
      for (let round = 1; round <= 5; round++) {
        const done = new Promise<void>((resolve) => checkpointer.begin(resolve));
        await new Promise((resolve) => setTimeout(resolve, round));
        checkpointer.finish();
        finish();
        expect(moved()).toBeGreaterThan(7 * MIB * round);
        write(8 * round + 1, 8);
        await done;
      }
      checkpointer.close();
      close();
    }));

  it('which keeps other processes out, until the log is closed', () =>
    withDataFolder(async (data) => {
      const { checkpointer, close } = await filled(data);
      await new Promise<void>((resolve) => checkpointer.begin(resolve));
      await expect(startNode(data)).rejects.toThrow(/is in use by another node/);
      checkpointer.close();
      close();
      await expect(startNode(data)).rejects.toThrow(/is corrupt/);
    }));

  it('and waited for by a log to which more comes meanwhile', () =>
    withDataFolder(async (data) => {
      const { EventLog } = await built('event-log.js');
      const failures: Error[] = [];
      const log = new EventLog(data, (cause) => failures.push(cause));
      const outcomes: string[] = [];
      const append = (mebibytes: number) => {
        for (let n = 0; n < mebibytes; n++) {
          const event = {
            id: randomUUID(),
            type: 'T',
            json: false,
            customMetadata: Buffer.alloc(0),
            data: Buffer.alloc(MIB),
          };
          const request = { stream: 's', events: [event], expected: 'any', deadline: Infinity } as const;
          log.append({ ...request, settle: ({ kind }) => outcomes.push(kind) });
          log.drain();
        }
      };
      for (let round = 0; round < 20; round++) {
        append(5);
        for (let turns = round; turns >= 0; turns--) await new Promise(setImmediate);
        append(10);
      }
      log.close();
      expect(failures).toEqual([]);
      expect(outcomes).toEqual(Array.from({ length: 300 }, () => 'written'));
    }));

  it('in a node whose journal stays short under load', () =>
    withDataFolder(async (data) => {
      const node = await startNode(data);
      const client = EventStoreDBClient.connectionString(node.url);
      const events = () =>
        Array.from({ length: 10 }, () => jsonEvent({ type: 'T', data: { text: 'x'.repeat(50_000) } }));
      const journal: number[] = [];
      for (let n = 0; n < 60; n++) {
        await client.appendToStream(`s-${n}`, events());
        journal.push(statSync(join(data, 'events.journal')).size);
      }
      expect(Math.max(...journal)).toBeLessThanOrEqual(9 * MIB);
      expect(statSync(join(data, 'events.sqlite')).size).toBeGreaterThan(20 * MIB);
      await expect(startNode(data)).rejects.toThrow(/is in use by another node/);
      await client.dispose();
      await node.kill('SIGTERM');
    }));
});
