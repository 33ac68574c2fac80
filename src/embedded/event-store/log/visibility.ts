import { decodeEventFrame } from '../codec/event-frame.js';
import type { EventTable } from './event-table.js';
import { GenerationalCache } from './generational-cache.js';
import { NO_REVISION, TOMBSTONE_REVISION } from './model.js';
import type { Stream, StreamDirectory } from './stream-directory.js';
import {
  isMetastream,
  metastreamOf,
  NO_METADATA,
  originalOf,
  parseStreamMetadata,
  type StreamMetadata,
} from './stream-metadata.js';
import { firstVisibleRevision, firstYoungRevision } from './truncation.js';

const CACHED_HALF = 50_000;
const ONE_EVENT: StreamMetadata = { maxCount: 1 };

/** Which events of a stream a reader sees, by its metadata, its deletion and that of the stream it describes. */
export class Visibility {
  private readonly metadata = new GenerationalCache<string, StreamMetadata>(CACHED_HALF);

  constructor(
    private readonly streams: StreamDirectory,
    private readonly events: EventTable,
  ) {}

  /** The revision of a stream's last event as writers see it: a tombstone does not end metadata already begun. */
  lastWrittenRevision(name: string): number {
    return this.streams.find(name)?.last ?? this.lastRevision(name);
  }

  /** The revision of a stream's last event as readers see it: a tombstone also ends the stream that describes it. */
  lastRevision(name: string): number {
    if (isMetastream(name) && this.lastRevision(originalOf(name)) === TOMBSTONE_REVISION) return TOMBSTONE_REVISION;
    return this.streams.find(name)?.last ?? NO_REVISION;
  }

  /** What the metadata of a stream says; that of a metastream is the same for all. */
  metadataOf(name: string): StreamMetadata {
    if (isMetastream(name)) return ONE_EVENT;
    const cached = this.metadata.get(name);
    if (cached) return cached;
    const event = this.rawMetadataOf(name);
    if (!event) return NO_METADATA;
    const metadata = event.json ? parseStreamMetadata(event.data) : NO_METADATA;
    this.metadata.set(name, metadata);
    return metadata;
  }

  /** The last event that describes a stream. */
  rawMetadataOf(name: string): { readonly json: boolean; readonly data: Buffer } | undefined {
    const stream = this.streams.find(metastreamOf(name));
    const event = stream && this.events.one(stream.id, stream.last);
    return event && decodeEventFrame(event.frame);
  }

  isSoftDeleted(name: string): boolean {
    return this.metadataOf(name).softDeleted ?? false;
  }

  /** The first revision of a stream that a reader may see. */
  firstRevision(stream: Stream): number {
    const metadata = this.metadataOf(stream.name);
    const first = firstVisibleRevision(stream.last, metadata);
    if (metadata.maxAgeSeconds === undefined) return first;
    const oldest = Date.now() - metadata.maxAgeSeconds * 1000;
    return firstYoungRevision(first, stream.last, oldest, (revision) => this.createdAt(stream, revision));
  }

  /** To be told of every event written to a stream, before anything is read. */
  written(name: string): void {
    if (isMetastream(name)) this.metadata.delete(originalOf(name));
  }

  forget(): void {
    this.metadata.clear();
  }

  private createdAt(stream: Stream, revision: number): number {
    const event = this.events.one(stream.id, revision);
    return event ? decodeEventFrame(event.frame).created : 0;
  }
}
