import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { decodeEventFrame } from '../codec/event-frame.js';
import { EventLog } from './event-log.js';

const MIB = 1024 * 1024;

describe('the files of a log', () => {
  let folder: string;
  const killed = () => join(folder, 'killed');
  const alive = () => join(folder, 'alive');
  const open = (data: string) =>
    new EventLog(data, (cause) => {
      throw cause;
    });

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'storage-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const append = (log: EventLog, stream: string, bytes: number) =>
    new Promise<string>((settle) => {
      const id = randomUUID();
      const event = { id, type: 'T', json: false, customMetadata: Buffer.alloc(0), data: Buffer.alloc(bytes, id) };
      const request = { stream, events: [event], expected: 'any', deadline: Infinity } as const;
      log.append({ ...request, settle: ({ kind }) => settle(kind === 'written' ? id : kind) });
    });
  const idsIn = (log: EventLog): string[] => {
    const ids: string[] = [];
    for (let page = log.readAfter(0, 100); page.length > 0; page = log.readAfter(page.at(-1)?.position ?? 0, 100))
      ids.push(
        ...page.map(({ frame }) => decodeEventFrame(frame)).flatMap(({ type, id }) => (type === 'T' ? [id] : [])),
      );
    return ids;
  };
  /** What a crash leaves on disk: of SQLite's log perhaps only a part, for nobody waits for that. */
  const crash = (share: number) => {
    rmSync(killed(), { recursive: true, force: true });
    cpSync(alive(), killed(), { recursive: true });
    const wal = join(killed(), 'events.sqlite-wal');
    if (existsSync(wal)) truncateSync(wal, Math.floor(statSync(wal).size * share));
  };

  it('give every acknowledged event back after a crash, whenever it comes and whatever SQLite had on disk', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 150_000 }), { minLength: 1, maxLength: 60 });
    const property = fc.asyncProperty(sizes, fc.double({ min: 0, max: 1, noNaN: true }), async (given, share) => {
      rmSync(alive(), { recursive: true, force: true });
      const log = open(alive());
      const written: string[] = [];
      for (const [index, bytes] of given.entries()) written.push(await append(log, `s-${index % 3}`, bytes));
      crash(share);
      log.close();
      const again = open(killed());
      expect(idsIn(again)).toEqual(written);
      written.push(await append(again, 's-0', 10));
      expect(idsIn(again)).toEqual(written);
      again.close();
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('are a short journal and the table while the log is open, and the table alone when it is closed', async () => {
    const log = open(alive());
    const written: string[] = [];
    while (written.length < 120) written.push(await append(log, 's', 250_000));
    expect(statSync(join(alive(), 'events.journal')).size).toBeLessThanOrEqual(9 * MIB);
    expect(statSync(join(alive(), 'events.sqlite')).size).toBeGreaterThan(10 * MIB);
    crash(0);
    log.close();
    expect(readdirSync(alive())).toEqual(['events.sqlite']);
    for (const data of [alive(), killed()]) {
      const again = open(data);
      expect(idsIn(again)).toEqual(written);
      again.close();
    }
  });
});
