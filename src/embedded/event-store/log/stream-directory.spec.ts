import { encodeEventFrame } from '../codec/encode-event.js';
import type { StoredEvent } from './model.js';
import { hashOf, StreamDirectory } from './stream-directory.js';

const NOTHING = Buffer.alloc(0);

/** The first event of a stream of that name, under that number. */
const first = (streamId: number, stream: string): StoredEvent => {
  const id = '0d9b3a3e-5f4c-4d0e-9a59-2f3f0a1b2c3d';
  const fields = { id, stream, revision: 0, position: 1, type: 'T', json: true, created: 0 };
  return {
    streamId,
    position: 1,
    revision: 0,
    frame: Buffer.from(encodeEventFrame({ ...fields, customMetadata: NOTHING, data: NOTHING })),
  };
};

const directoryOf = (events: StoredEvent[]) => {
  const firstOf = (id: number) => events.find(({ streamId }) => streamId === id);
  const areFree = (...ids: number[]) => ids.every((id) => firstOf(id) === undefined);
  return new StreamDirectory({ firstOf, lastRevision: (id) => firstOf(id)?.revision, areFree });
};

describe('the directory of streams', () => {
  it('finds a stream by its name', () => {
    expect(directoryOf([first(hashOf('s'), 's')]).find('s')).toMatchObject({ id: hashOf('s'), name: 's', last: 0 });
    expect(directoryOf([]).find('s')).toBeUndefined();
  });
  it('tells streams apart whose names have the same hash', () => {
    const directory = directoryOf([first(hashOf('s'), 'another'), first(hashOf('s') + 1, 's')]);
    expect(directory.find('s')?.id).toBe(hashOf('s') + 1);
  });
  it('finds the metadata of a stream that is not there', () => {
    const directory = directoryOf([first(hashOf('$$s'), '$$s')]);
    expect(directory.find('s')).toBeUndefined();
    expect(directory.find('$$s')?.name).toBe('$$s');
  });
  it('gives a stream that is not there a number of its own once another has taken the one it would have had', () => {
    const events: StoredEvent[] = [];
    const directory = directoryOf(events);
    expect(directory.find('s')).toBeUndefined();
    directory.create('another');
    events.push(first(hashOf('s'), 'another'));
    expect(directory.create('s').id).toBe(hashOf('s') + 1);
  });
});
