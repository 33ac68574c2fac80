import { randomUUID } from 'node:crypto';
import type { EventLog } from '../../log/event-log.js';
import type { StoredEvent } from '../../log/model.js';
import { Checkpoints } from '../checkpoints.js';
import { invalidArgument } from '../errors.js';
import type { EventView } from '../event-view.js';
import { compileFilter } from '../filter.js';
import { PageSize } from '../page-size.js';
import { send, type Step } from '../read-pump.js';
import type { FilterOptions } from '../requests/filter-options.js';
import type { From } from '../requests/read-request.js';
import { CAUGHT_UP, confirmation } from '../responses/read-response.js';

export interface AllSubscription {
  readonly from: From;
  readonly filter: FilterOptions | undefined;
}

/** Follows `$all` from after a position on. A subscriber that falls far behind catches up again and is told so. */
export function* subscribeToAll(log: EventLog, view: EventView, request: AllSubscription): Generator<Step, void> {
  let position = startOf(log, request.from);
  const framesOf = framer(view, request.filter, position);
  let caughtUp = false;
  const size = new PageSize();
  yield send(confirmation(randomUUID()));
  for (;;) {
    if (!log.isRecent(position)) caughtUp = false;
    const page = log.readAfter(position, size.limit);
    const last = page.at(-1);
    if (last) {
      size.learn(page);
      position = last.position;
      yield send(...framesOf.page(page));
    } else if (caughtUp) {
      yield { kind: 'wait', until: (wake) => log.signal.onAny(wake) };
    } else {
      caughtUp = true;
      yield send(...framesOf.end(), CAUGHT_UP);
    }
  }
}

interface Framer {
  page(events: readonly StoredEvent[]): Buffer[];
  end(): Buffer[];
}

function framer(view: EventView, filter: FilterOptions | undefined, start: number): Framer {
  if (!filter) return { page: (events) => events.map((event) => view.frameOf(event)), end: () => [] };
  if (filter.checkpointInterval === 0) throw invalidArgument('The checkpoint interval must be greater than 0.');
  const checkpoints = new Checkpoints(filter.checkpointInterval, start);
  const matching = compileFilter(filter);
  return {
    page: (events) => {
      const verdicts = matching(events);
      return events.flatMap((event, index) => filteredFrames(event, verdicts[index] ?? false, view, checkpoints));
    },
    end: () => [checkpoints.atEnd()].filter((frame) => frame !== undefined),
  };
}

function filteredFrames(event: StoredEvent, matches: boolean, view: EventView, checkpoints: Checkpoints): Buffer[] {
  const frames = matches ? [view.frameOf(event)] : [];
  const due = checkpoints.after(event.position);
  if (due) frames.push(due);
  return frames;
}

function startOf(log: EventLog, from: From): number {
  if (from === 'start') return 0;
  if (from === 'end') return log.headPosition;
  const position = Number(from);
  if (position !== 0 && position <= log.headPosition && !log.hasPosition(position)) {
    throw invalidArgument('Trying to read from an invalid position.');
  }
  return Math.min(position, Number.MAX_SAFE_INTEGER);
}
