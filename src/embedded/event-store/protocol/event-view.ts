import { decodeEventFrame, recordedEventOf, withStructuredId } from '../codec/event-frame.js';
import type { EventLog } from '../log/event-log.js';
import type { StoredEvent } from '../log/model.js';
import { readEvent } from './responses/read-response.js';

const LINK_TYPE = '$>';

type Log = Pick<EventLog, 'types' | 'readVisible'>;

/** How a reader wants events shown: as stored, or with links followed, or with ids as two halves. */
export class EventView {
  constructor(
    private readonly log: Log,
    private readonly options: { readonly resolveLinks: boolean; readonly textIds: boolean },
    private readonly mayRead: (stream: string) => boolean,
  ) {}

  /** The frame to send for a stored event; nearly always the one stored. */
  frameOf(event: StoredEvent): Buffer {
    if (this.options.resolveLinks && this.log.types.nameOf(event.typeId) === LINK_TYPE) return this.resolved(event);
    return this.options.textIds ? event.frame : readEvent(this.recorded(event.frame), undefined, event.position);
  }

  /** A link keeps its own position; without its target it is sent alone. */
  private resolved(link: StoredEvent): Buffer {
    const target = this.targetOf(link);
    return readEvent(target && this.recorded(target.frame), this.recorded(link.frame), link.position);
  }

  private recorded(frame: Buffer): Buffer {
    const recorded = recordedEventOf(frame);
    return this.options.textIds ? recorded : withStructuredId(recorded);
  }

  /** What the reader may not read is as good as not there. */
  private targetOf(link: StoredEvent): StoredEvent | undefined {
    const target = /^(\d+)@([^]+)$/.exec(decodeEventFrame(link.frame).data.toString('utf8'));
    const revision = Number(target?.[1]);
    if (!target?.[2] || !Number.isSafeInteger(revision)) return undefined;
    return this.mayRead(target[2]) ? this.log.readVisible(target[2], revision) : undefined;
  }
}
