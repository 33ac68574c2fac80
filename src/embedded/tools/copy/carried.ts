import type { WireEvent } from '../node/wire-event.js';

const METASTREAM = '$$';

/** The followers of this service keep how far they are in streams of this prefix; positions count in one node only. */
export const FOLLOWERS_CHECKPOINTS = 'checkpoint-';

/** Judges which events are carried over. */
export class Selection {
  /** @param prefixes streams whose names begin with one of these are left out, with what describes them */
  constructor(private readonly prefixes: readonly string[]) {}

  /** Whether an event belongs to a user's stream, or describes one; a node's own events stay behind. */
  includes({ stream }: WireEvent): boolean {
    const described = isMetastream(stream) ? describedBy(stream) : stream;
    return !described.startsWith('$') && !this.prefixes.some((prefix) => described.startsWith(prefix));
  }

  /** Only what is carried over. */
  async *of(events: AsyncIterable<WireEvent>): AsyncGenerator<WireEvent> {
    for await (const event of events) if (this.includes(event)) yield event;
  }
}

export const isMetastream = (stream: string): boolean => stream.startsWith(METASTREAM);
export const describedBy = (metastream: string): string => metastream.slice(METASTREAM.length);
