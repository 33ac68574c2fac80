import { CommitSignal } from './commit-signal.js';
import type { EventTable } from './event-table.js';
import { GroupCommit, type Transaction } from './group-commit.js';
import { LogWriter } from './log-writer.js';
import {
  TOMBSTONE_REVISION,
  type ExpectedRevision,
  type ProposedEvent,
  type StoredEvent,
  type WriteOutcome,
} from './model.js';
import { requireContiguous } from './contiguity.js';
import { RecentIds } from './recent-ids.js';
import { openStorage, type Storage } from './storage.js';
import { StreamDirectory, type Stream } from './stream-directory.js';
import { writeSystemEvents } from './system-events.js';
import { Visibility } from './visibility.js';

/** What an event takes besides its bytes, as if it were so many more. */
const EVENT_WEIGHT = 256;

/** How a client's write is described to the log. */
export interface WriteRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** Milliseconds since the epoch after which the write is not carried out any more. */
  readonly deadline: number;
  readonly settle: (outcome: WriteOutcome) => void;
}

/** The durable log of events: appends are grouped and on disk before they are answered; reads see what is committed. */
export class EventLog implements Transaction {
  readonly signal = new CommitSignal();
  readonly visibility: Visibility;
  private readonly storage: Storage;
  private readonly events: EventTable;
  private readonly streams: StreamDirectory;
  private readonly writer: LogWriter;
  private readonly commits: GroupCommit;
  private committed: LogWriter['written'] = [];

  /**
   * @param onCommitFailure told of every group that could not be put on disk
   * @throws LogUnavailable, CorruptLog
   */
  constructor(
    folder: string,
    private readonly onCommitFailure: (cause: Error) => void,
  ) {
    this.storage = openStorage(folder);
    this.events = this.storage.events;
    this.streams = new StreamDirectory(this.events);
    this.visibility = new Visibility(this.streams, this.events);
    const { streams, visibility } = this;
    this.writer = new LogWriter({ events: this.events, streams, visibility, recentIds: new RecentIds() });
    this.commits = new GroupCommit(this, () => this.publish());
    if (this.headPosition === 0) this.writeFirstEvents();
  }

  /** The position of the newest event, 0 when there is none. */
  get headPosition(): number {
    return this.events.head()?.position ?? 0;
  }

  append(request: WriteRequest & { readonly events: readonly ProposedEvent[] }): void {
    const { stream, events, expected } = request;
    const perform = () => this.writer.append(stream, events, expected);
    this.commits.submit({ ...request, weight: weightOf(events), perform });
  }

  softDelete(request: WriteRequest): void {
    const perform = () => this.writer.softDelete(request.stream, request.expected);
    this.commits.submit({ ...request, weight: EVENT_WEIGHT, perform });
  }

  tombstone(request: WriteRequest): void {
    const perform = () => this.writer.tombstone(request.stream, request.expected);
    this.commits.submit({ ...request, weight: EVENT_WEIGHT, perform });
  }

  findStream(name: string): Stream | undefined {
    return this.streams.find(name);
  }

  /** One event, unless it is not there or hidden from readers. */
  readVisible(name: string, revision: number): StoredEvent | undefined {
    const stream = this.streams.find(name);
    if (!stream || this.visibility.lastRevision(name) === TOMBSTONE_REVISION) return undefined;
    return revision < this.visibility.firstRevision(stream) ? undefined : this.events.one(stream.id, revision);
  }

  /**
   * Events of a stream from a revision up or down; truncation is the caller's business.
   * @param revision one that the stream has
   * @throws CorruptLog when events are missing
   */
  readStream(stream: Stream, revision: number, limit: number, backwards = false): StoredEvent[] {
    const { events } = this;
    const page = backwards ? events.downFrom(stream.id, revision, limit) : events.from(stream.id, revision, limit);
    requireContiguous(page, revision, backwards ? -1 : 1);
    return page;
  }

  /** Events after a position, from memory when they are recent. */
  readAfter(position: number, limit: number): StoredEvent[] {
    return this.events.after(position, limit);
  }

  /** Whether everything after a position is still in memory. */
  isRecent(position: number): boolean {
    return this.events.isRecent(position);
  }

  /** Events before a position, newest first. */
  readBefore(position: number, limit: number): StoredEvent[] {
    return this.events.before(position, limit);
  }

  /** Whether an event begins at this position. */
  hasPosition(position: number): boolean {
    return this.events.exists(position);
  }

  /** Carries out and answers everything that is waiting, now. */
  drain(): void {
    this.commits.drain();
  }

  /** Carries out what is waiting and closes the files. */
  close(): void {
    this.drain();
    this.storage.close();
  }

  commit(): void {
    this.storage.commit();
    this.committed = this.writer.written;
    this.writer.written = [];
  }

  rollback(cause: Error): void {
    this.storage.rollback();
    this.writer.forget();
    this.onCommitFailure(cause);
  }

  private publish(): void {
    const events = this.committed;
    this.committed = [];
    this.signal.notify(events);
  }

  private writeFirstEvents(): void {
    writeSystemEvents((stream, events) => {
      this.append({ stream, events, expected: 'no_stream', deadline: Infinity, settle: () => {} });
    });
    this.commits.drain();
  }
}

function weightOf(events: readonly ProposedEvent[]): number {
  return (
    events.reduce((sum, { data, customMetadata }) => sum + data.length + customMetadata.length, 0) +
    events.length * EVENT_WEIGHT
  );
}
