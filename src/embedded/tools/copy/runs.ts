import { isTombstone, type WireEvent } from '../node/wire-event.js';

/** Half of what a node takes in one append, because nodes differ in what they count. */
const RUN_BYTES = 512 * 1024;
const RUN_EVENTS = 500;

/** Events of one stream that lie side by side: one append, never empty. */
export type Run = readonly [WireEvent, ...WireEvent[]];

/** Cuts events into runs, in order; a tombstone is a run of its own. */
export async function* runsOf(events: AsyncIterable<WireEvent>): AsyncGenerator<Run> {
  let run: [WireEvent, ...WireEvent[]] | undefined;
  let bytes = 0;
  for await (const event of events) {
    const size = sizeOf(event);
    if (run && belongs(run, event) && bytes + size <= RUN_BYTES) {
      run.push(event);
      bytes += size;
      continue;
    }
    if (run) yield run;
    run = [event];
    bytes = size;
  }
  if (run) yield run;
}

const belongs = (run: Run, event: WireEvent): boolean =>
  run.length < RUN_EVENTS && run[0].stream === event.stream && !isTombstone(event);

const sizeOf = ({ data, metadata, type }: WireEvent): number => data.length + metadata.length + 2 * type.length;
