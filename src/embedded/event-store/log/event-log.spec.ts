import { jest } from '@jest/globals';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { decodeEventFrame } from '../codec/event-frame.js';
import { pragma } from './database.js';
import { EventLog } from './event-log.js';
import type { ExpectedRevision, ProposedEvent, WriteOutcome } from './model.js';
import type { Storage } from './storage.js';

describe('the event log', () => {
  let folder: string;
  let log: EventLog;
  let failures: Error[];

  const open = () => new EventLog(folder, (cause) => failures.push(cause));
  const event = (text: string, id: string = randomUUID()): ProposedEvent => ({
    id,
    type: 'T',
    json: true,
    customMetadata: Buffer.alloc(0),
    data: Buffer.from(text),
  });
  const append = (stream: string, events: ProposedEvent[], expected: ExpectedRevision = 'any') =>
    new Promise<WriteOutcome>((settle) => {
      log.append({ stream, events, expected, deadline: Infinity, settle });
    });
  const read = (name: string) => {
    const stream = log.findStream(name);
    if (!stream) return undefined;
    const events = log.readStream(stream, log.visibility.firstRevision(stream), 1000);
    return events.map(({ frame }) => decodeEventFrame(frame).data.toString());
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'event-log-'));
    failures = [];
    log = open();
  });
  afterEach(() => {
    log.close();
    rmSync(folder, { recursive: true });
  });

  it('gives the events back after it was closed and opened', async () => {
    await append('s', [event('a'), event('b')]);
    log.close();
    log = open();
    expect(read('s')).toEqual(['a', 'b']);
    expect(await append('s', [event('c')], 1)).toMatchObject({ kind: 'written', revision: 2 });
  });

  it('gives back what its journal alone holds, after groups that wrote nothing too', async () => {
    for (const expected of ['no_stream', 5, 0, 7, 1] as const) await append('s', [event(`at ${expected}`)], expected);
    const killed = `${folder}-killed`;
    cpSync(folder, killed, { recursive: true });
    log.close();
    rmSync(folder, { recursive: true });
    renameSync(killed, folder);
    log = open();
    expect(read('s')).toEqual(['at no_stream', 'at 0', 'at 1']);
  });

  it('sees in each append those before it in the same transaction', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => append('s', [event(text)], 'no_stream')));
    expect(answers.map(({ kind }) => kind)).toEqual(['written', 'wrong-expected-version', 'wrong-expected-version']);
  });

  it('knows an exact repeat after it was closed and opened, and one expecting anything only before', async () => {
    const [exact, any] = [event('exact'), event('any')];
    await append('exact', [exact], 'no_stream');
    await append('any', [any], 'any');
    expect(await append('any', [any], 'any')).toMatchObject({ revision: 0 });
    log.close();
    log = open();
    expect(await append('exact', [exact], 'no_stream')).toMatchObject({ revision: 0 });
    expect(await append('any', [any], 'any')).toMatchObject({ revision: 1 });
  });

  it('gives rising positions that begin where events do', async () => {
    await append('s', [event('a'), event('b')]);
    const positions = log.readAfter(0, 1000).map(({ position }) => position);
    expect([...positions].sort((a, b) => a - b)).toEqual(positions);
    expect(positions.every((position) => log.hasPosition(position))).toBe(true);
    expect(log.hasPosition((positions.at(-1) ?? 0) - 1)).toBe(false);
  });

  it('hides events that are too old', async () => {
    await append('$$s', [{ ...event('{"$maxAge":1}'), type: '$metadata' }]);
    const now = jest.spyOn(Date, 'now');
    const start = new Date().getTime();
    try {
      for (const [seconds, text] of [
        [0, 'old'],
        [60, 'young'],
        [60.5, 'younger'],
      ] as const) {
        now.mockReturnValue(start + seconds * 1000);
        await append('s', [event(text)]);
      }
      expect(read('s')).toEqual(['young', 'younger']);
    } finally {
      now.mockRestore();
    }
  });

  it('wakes who waits for a stream, or for anything, once', async () => {
    const woken: string[] = [];
    log.signal.onAny(() => woken.push('any'));
    log.signal.onStream('s', () => woken.push('s'));
    log.signal.onStream('other', () => woken.push('other'));
    const stop = log.signal.onStream('s', () => woken.push('stopped'));
    stop();
    await append('s', [event('a')]);
    await append('s', [event('b')]);
    expect(woken).toEqual(['any', 's']);
  });

  it('puts appends of very many events into transactions of their own, and reads between them', async () => {
    const many = () => Array.from({ length: 20_000 }, () => event(''));
    const [first, second] = [append('s', many(), 'no_stream'), append('s', many(), 19_999)];
    await first;
    expect(log.findStream('s')?.last).toBe(19_999);
    await second;
    expect(log.findStream('s')?.last).toBe(39_999);
  });

  describe('on a full disk', () => {
    const fill = (pages: number) => {
      const { database } = Reflect.get(log, 'storage') as Storage;
      pragma(database, `max_page_count = ${Number(pragma(database, 'page_count')) + pages}`);
    };
    /** More than may be in the journal alone. */
    const great = () => event('x'.repeat(600_000));

    it('answers every append of the group with an error, reads on, and recovers when there is room', async () => {
      fill(2);
      await append('s', [event('a'), great()], 'no_stream');
      const answers = await Promise.all([append('s', [event('b')], 1), append('t', [event('c')])]);
      expect(answers.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
      expect(failures.map(({ message }) => message)).toEqual(['database or disk is full']);
      expect([read('s')?.length, read('t')]).toEqual([2, undefined]);
      fill(1000);
      expect(await append('s', [event('b')], 1)).toMatchObject({ kind: 'written', revision: 2 });
      expect(await append('t', [great()], 'no_stream')).toMatchObject({ kind: 'written', revision: 0 });
    });

    it('keeps what is in the journal alone when it is closed', async () => {
      fill(2);
      await append('s', [event('a'), great()], 'no_stream');
      log.close();
      log = open();
      expect(read('s')?.length).toBe(2);
    });

    it('forgets the ids of what was not written, and no others', async () => {
      const [kept, lost] = [event('kept'), event('lost')];
      fill(2);
      await append('s', [kept, great()]);
      await append('s', [lost]);
      fill(1000);
      expect(await append('s', [kept])).toMatchObject({ revision: 0 });
      expect(await append('s', [lost])).toMatchObject({ revision: 2 });
    });
  });
});
