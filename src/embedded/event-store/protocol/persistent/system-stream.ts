import { randomUUID } from 'node:crypto';
import { decodeEventFrame } from '../../codec/event-frame.js';
import type { EventLog } from '../../log/event-log.js';
import type { ProposedEvent, WriteOutcome } from '../../log/model.js';
import { METADATA_TYPE, metastreamOf } from '../../log/stream-metadata.js';

type Log = Pick<EventLog, 'append' | 'softDelete' | 'findStream' | 'readVisible' | 'visibility'>;
type Content = Pick<ProposedEvent, 'type' | 'json'> & { readonly data: string; readonly metadata?: string };

const KEPT = JSON.stringify({ $maxCount: 2 });

/** A stream that the node itself writes, as ordinary events of the log. */
export class SystemStream {
  constructor(
    private readonly log: Log,
    private readonly name: string,
  ) {}

  /** The data of the newest event that is visible. */
  get newest(): string | undefined {
    const stream = this.log.findStream(this.name);
    const event = stream && this.log.readVisible(this.name, stream.last);
    return event && decodeEventFrame(event.frame).data.toString('utf8');
  }

  /** @returns whether the event is on disk */
  async append(content: Content): Promise<boolean> {
    const { kind } = await this.write(this.name, content);
    return kind === 'written';
  }

  /** Appends an event of which only the newest two stay visible. @returns whether it is on disk */
  replace(content: Content): Promise<boolean> {
    const metastream = metastreamOf(this.name);
    const { maxCount } = this.log.visibility.metadataOf(this.name);
    if (maxCount === undefined) void this.write(metastream, { type: METADATA_TYPE, json: true, data: KEPT });
    return this.append(content);
  }

  /** Hides what is there. @returns whether nothing is to be seen any more */
  async clear(): Promise<boolean> {
    if (this.newest === undefined) return true;
    const { kind } = await new Promise<WriteOutcome>((settle) => {
      this.log.softDelete({ stream: this.name, expected: 'any', deadline: Infinity, settle });
    });
    return kind === 'written';
  }

  private write(stream: string, { type, json, data, metadata = '' }: Content): Promise<WriteOutcome> {
    const [bytes, customMetadata] = [Buffer.from(data), Buffer.from(metadata)];
    const events = [{ id: randomUUID(), type, json, customMetadata, data: bytes }];
    return new Promise((settle) => {
      this.log.append({ stream, events, expected: 'any', deadline: Infinity, settle });
    });
  }
}
