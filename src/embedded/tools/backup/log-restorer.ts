import { encodeEventFrame } from '../../event-store/codec/encode-event.js';
import { TOMBSTONE_REVISION } from '../../event-store/log/model.js';
import { openStorage, type Storage } from '../../event-store/log/storage.js';
import { StreamDirectory } from '../../event-store/log/stream-directory.js';
import { isTombstone, type WireEvent } from '../node/wire-event.js';
import { Refusal } from '../refusal.js';

const TRANSACTION_EVENTS = 1_000;
const TICKS_PER_MILLISECOND = 10_000;
const FIRST_POSITION = 1;

/** Writes a log anew from its events, each at the position, revision and time that it has. */
export class LogRestorer {
  private readonly storage: Storage;
  private readonly streams: StreamDirectory;
  private nextPosition = FIRST_POSITION;
  private pending = 0;

  /** @param folder an empty one */
  constructor(folder: string) {
    this.storage = openStorage(folder);
    this.streams = new StreamDirectory(this.storage.events);
  }

  /** @throws Refusal unless the event begins where the one before it ends: then none is missing between the two */
  add(event: WireEvent): void {
    const position = Number(event.position);
    if (position !== this.nextPosition) throw notContiguous(position, this.nextPosition);
    const frame = frameOf(event, position);
    const stream = this.streams.find(event.stream) ?? this.streams.create(event.stream);
    const revision = isTombstone(event) ? TOMBSTONE_REVISION : Number(event.revision);
    this.storage.events.insert({ position, streamId: stream.id, revision, frame });
    this.nextPosition += frame.length;
    if (++this.pending === TRANSACTION_EVENTS) this.commit();
  }

  /** Puts everything on disk, in one file. */
  close(): void {
    this.commit();
    this.storage.close();
  }

  private commit(): void {
    this.storage.commit();
    this.pending = 0;
  }
}

function frameOf(event: WireEvent, position: number): Buffer {
  return encodeEventFrame({
    id: event.id,
    stream: event.stream,
    revision: event.revision,
    position,
    type: event.type,
    json: event.contentType === 'application/json',
    created: Number(event.created) / TICKS_PER_MILLISECOND,
    customMetadata: event.metadata,
    data: event.data,
  });
}

const notContiguous = (found: number, expected: number): Refusal =>
  new Refusal(
    `The node has an event at position ${found} where one at ${expected} has to be: it is no embedded event store of this ` +
      'release, or events are missing from it.',
  );
