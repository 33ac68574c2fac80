import { randomUUID } from 'node:crypto';
import { encodeEventFrame } from '../codec/encode-event.js';
import { decodeEventFrame, eventIdOf } from '../codec/event-frame.js';
import { decideAppend, type AppendDecision, type StreamFacts } from './append-decision.js';
import type { EventTable } from './event-table.js';
import {
  NO_REVISION,
  TOMBSTONE_REVISION,
  TOMBSTONE_REVISION_ON_WIRE,
  type ExpectedRevision,
  type ProposedEvent,
  type WriteOutcome,
} from './model.js';
import type { RecentIds } from './recent-ids.js';
import type { Stream, StreamDirectory } from './stream-directory.js';
import {
  isMetastream,
  METADATA_TYPE,
  metastreamOf,
  originalOf,
  SOFT_DELETION,
  undeletedMetadata,
} from './stream-metadata.js';
import type { Visibility } from './visibility.js';

const NOTHING = Buffer.alloc(0);

export interface WriterParts {
  readonly events: EventTable;
  readonly streams: StreamDirectory;
  readonly visibility: Visibility;
  readonly recentIds: RecentIds;
}

/** Where an event was written in the transaction that is open. */
export interface WrittenEvent {
  readonly id: string;
  readonly stream: Stream;
  readonly revision: number;
}

/** Carries out writes inside an open transaction, each seeing those before it. */
export class LogWriter {
  /** What the open transaction has written so far. */
  written: WrittenEvent[] = [];
  /** Positions grow by the length of what is stored. */
  private nextPosition = 1;
  /** Times never go back, even if the clock does: age is found by halving. */
  private lastCreated = 0;

  constructor(private readonly parts: WriterParts) {
    this.forget();
  }

  append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): WriteOutcome {
    const ids = events.map((event) => event.id);
    const decision = decideAppend(expected, ids, this.factsOf(stream));
    if (decision.kind !== 'append') return this.refuse(stream, decision);
    const reviving = isMetastream(stream) && this.parts.visibility.isSoftDeleted(originalOf(stream));
    const first = this.parts.visibility.lastWrittenRevision(stream) + 1;
    const position = this.writeAll(stream, events);
    if (decision.revives) this.undelete(stream, first);
    if (reviving) this.undelete(originalOf(stream), this.parts.visibility.lastWrittenRevision(originalOf(stream)) + 1);
    return { kind: 'written', revision: first + events.length - 1, position };
  }

  /** Hides a stream's events; it may be written again, and its revisions go on. */
  softDelete(stream: string, expected: ExpectedRevision): WriteOutcome {
    const decision = decideAppend(expected, [randomUUID()], this.factsOf(stream));
    if (decision.kind !== 'append') return this.refuse(stream, decision);
    const metastream = metastreamOf(stream);
    const { visibility } = this.parts;
    if (
      visibility.lastWrittenRevision(stream) === NO_REVISION &&
      visibility.lastWrittenRevision(metastream) === NO_REVISION
    ) {
      return { kind: 'wrong-expected-version', current: NO_REVISION };
    }
    const position = this.writeAll(metastream, [metadataEvent(Buffer.from(SOFT_DELETION))]);
    return { kind: 'written', revision: visibility.lastWrittenRevision(stream), position };
  }

  /** Ends a stream for good: its name can never be written again. */
  tombstone(stream: string, expected: ExpectedRevision): WriteOutcome {
    const decision = decideAppend(expected, [randomUUID()], this.factsOf(stream));
    if (decision.kind !== 'append') return this.refuse(stream, decision);
    const event = { id: randomUUID(), type: '$streamDeleted', json: true, customMetadata: NOTHING, data: NOTHING };
    const position = this.write(this.streamOf(stream), event, TOMBSTONE_REVISION, this.now());
    return { kind: 'written', revision: TOMBSTONE_REVISION, position };
  }

  /** Brings what is in memory back to what the file says; after a rollback. */
  forget(): void {
    const { events, streams, visibility, recentIds } = this.parts;
    for (const { id, stream, revision } of this.written) recentIds.remove(id, stream.id, revision);
    this.written = [];
    for (const cache of [streams, visibility]) cache.forget();
    const head = events.head();
    this.nextPosition = events.end;
    this.lastCreated = head ? decodeEventFrame(head.frame).created : 0;
  }

  private refuse(stream: string, decision: Exclude<AppendDecision, { kind: 'append' }>): WriteOutcome {
    if (decision.kind === 'stream-deleted') return decision;
    if (decision.kind === 'repeated') {
      return {
        kind: 'written',
        revision: decision.revision,
        position: this.visiblePosition(stream, decision.revision),
      };
    }
    return { ...decision, current: this.parts.visibility.lastWrittenRevision(stream) };
  }

  private visiblePosition(name: string, revision: number): number | undefined {
    const stream = this.parts.streams.find(name);
    if (!stream || revision < this.parts.visibility.firstRevision(stream)) return undefined;
    return this.parts.events.one(stream.id, revision)?.position;
  }

  private factsOf(name: string): StreamFacts {
    const { streams, visibility, recentIds, events } = this.parts;
    const stream = streams.find(name);
    return {
      last: visibility.lastWrittenRevision(name),
      softDeleted: () => visibility.isSoftDeleted(name),
      hasMetadata: () => visibility.lastWrittenRevision(metastreamOf(name)) !== NO_REVISION,
      recentRevisionOf: (id) => stream && recentIds.revisionOf(id, stream.id),
      eventIdAt: (revision) => {
        const event = stream && events.one(stream.id, revision);
        return event && eventIdOf(event.frame);
      },
    };
  }

  /** The old events of a deleted stream stay hidden when it is written again. */
  private undelete(stream: string, truncateBefore: number): void {
    const raw = this.parts.visibility.rawMetadataOf(stream);
    const data = raw && undeletedMetadata(raw.data, truncateBefore);
    if (data) this.writeAll(metastreamOf(stream), [metadataEvent(data)]);
  }

  private writeAll(name: string, events: readonly ProposedEvent[]): number {
    if (events.length === 0) return this.parts.events.head()?.position ?? 0;
    const stream = this.streamOf(name);
    const now = this.now();
    let position = 0;
    for (const event of events) position = this.write(stream, event, stream.last + 1, now);
    return position;
  }

  private now(): number {
    return (this.lastCreated = Math.max(this.lastCreated, Date.now()));
  }

  private streamOf(name: string): Stream {
    return this.parts.streams.find(name) ?? this.parts.streams.create(name);
  }

  private write(stream: Stream, event: ProposedEvent, revision: number, created: number): number {
    const position = this.nextPosition;
    const { id, type, json, customMetadata, data } = event;
    const frame = encodeEventFrame({
      id,
      stream: stream.name,
      revision: revision === TOMBSTONE_REVISION ? TOMBSTONE_REVISION_ON_WIRE : revision,
      position,
      type,
      json,
      created,
      customMetadata,
      data,
    });
    this.parts.events.insert({ position, streamId: stream.id, revision, frame });
    this.written.push({ id, stream, revision });
    this.nextPosition += frame.length;
    stream.last = revision;
    this.parts.visibility.written(stream.name);
    this.parts.recentIds.add(id, stream.id, revision);
    return position;
  }
}

function metadataEvent(data: Buffer): ProposedEvent {
  return { id: randomUUID(), type: METADATA_TYPE, json: true, customMetadata: NOTHING, data };
}
