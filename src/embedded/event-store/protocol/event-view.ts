import { decodeEventFrame, recordedEventOf, typeNameOf, withStructuredId } from '../codec/event-frame.js';
import type { EventLog } from '../log/event-log.js';
import type { StoredEvent } from '../log/model.js';
import { readEvent, type EventParts } from './responses/read-response.js';

const LINK_TYPE = '$>';

type Log = Pick<EventLog, 'readVisible'>;

/** How a reader wants events shown: as stored, or with links followed, or with ids as two halves. */
export class EventView {
  constructor(
    private readonly log: Log,
    private readonly options: { readonly resolveLinks: boolean; readonly textIds: boolean },
    private readonly mayRead: (stream: string) => boolean,
  ) {}

  /** The frame to send for a stored event; nearly always the one stored. */
  frameOf(event: StoredEvent): Buffer {
    if (this.options.textIds && !this.isToResolve(event)) return event.frame;
    return readEvent(this.partsOf(event), event.position);
  }

  /** A stored event as it is told; of a link to be followed, without its target only the link. */
  partsOf(event: StoredEvent): EventParts {
    const recorded = this.recorded(event.frame);
    if (!this.isToResolve(event)) return { event: recorded };
    const target = this.targetOf(event);
    return target ? { event: this.recorded(target.frame), link: recorded } : { link: recorded };
  }

  private isToResolve({ frame }: StoredEvent): boolean {
    return this.options.resolveLinks && typeNameOf(frame) === LINK_TYPE;
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
