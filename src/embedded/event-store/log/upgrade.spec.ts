import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'libsql';
import { EventLog } from './event-log.js';
import { TOMBSTONE_REVISION } from './model.js';

const FIXTURE = 'test/fixtures/event-log-of-the-first-format.sqlite.gz';
/** Of all frames that the release which wrote the file read from it, in order. */
const FRAMES = 'd8352e44d180d8723a8327dd24c2b6d130230f7bf95a23f0371a351b1073135b';

describe('a file of the first format', () => {
  let folder: string;
  const write = (change: (file: Buffer) => Buffer) =>
    writeFileSync(join(folder, 'events.sqlite'), change(gunzipSync(readFileSync(FIXTURE))));
  const open = () =>
    new EventLog(folder, (cause) => {
      throw cause;
    });

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'event-log-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is opened with every event as it was, by position and by stream, and goes on in today’s format', () => {
    write((file) => file);
    open().close();
    const log = open();
    const frames = Buffer.concat(log.readAfter(0, 100).map(({ frame }) => frame));
    expect(createHash('sha256').update(frames).digest('hex')).toBe(FRAMES);
    expect(['one', 'two', 'ended'].map((name) => log.findStream(name)?.last)).toEqual([4, 0, TOMBSTONE_REVISION]);
    log.close();
  });

  it('is refused when an event in it was changed', () => {
    write((file) => {
      file[file.lastIndexOf('{"x":2}')] = 0;
      return file;
    });
    expect(open).toThrow(/^The event at position \d+ is corrupt/);
  });
});

describe('a file of the second format', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'event-log-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => new EventLog(folder, () => {});
  const versionOf = (change = '') => {
    const database = new Database(join(folder, 'events.sqlite'));
    database.exec(change);
    const [version] = database.prepare('PRAGMA user_version').raw().get() as [number];
    database.close();
    return version;
  };

  it('is opened as it is, and then refused by releases that know no journal', () => {
    open().close();
    expect(versionOf('PRAGMA user_version = 2')).toBe(2);
    const log = open();
    const events = log.readAfter(0, 100).length;
    log.close();
    expect(versionOf()).toBe(3);
    expect(events).toBeGreaterThan(0);
  });
});
