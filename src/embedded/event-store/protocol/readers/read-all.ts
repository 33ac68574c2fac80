import type { EventLog } from '../../log/event-log.js';
import type { StoredEvent } from '../../log/model.js';
import { unexpectedReadResult } from '../errors.js';
import type { EventView } from '../event-view.js';
import { compileFilter } from '../filter.js';
import { PageSize } from '../page-size.js';
import { send, type Step } from '../read-pump.js';
import type { FilterOptions } from '../requests/filter-options.js';
import type { From } from '../requests/read-request.js';

export interface AllRead {
  readonly from: From;
  readonly filter: FilterOptions | undefined;
  readonly count: bigint;
  readonly backwards: boolean;
}

/** Reads so many events of `$all`: forwards with the one at the position, backwards without it. */
export function* readAll(log: EventLog, view: EventView, read: AllRead): Generator<Step, void> {
  const matching = read.filter && compileFilter(read.filter);
  let position = startOf(log, read);
  let remaining = Number(read.count);
  const size = new PageSize();
  while (remaining > 0) {
    const limit = read.filter ? size.limit : Math.min(size.limit, remaining);
    const page = read.backwards ? log.readBefore(position, limit) : log.readAfter(position, limit);
    const last = page.at(-1);
    if (!last) return;
    position = last.position;
    size.learn(page);
    const verdicts = matching?.(page);
    const events = page.filter((_, index) => verdicts?.[index] ?? true).slice(0, remaining);
    remaining -= events.length;
    yield send(...events.map((event: StoredEvent) => view.frameOf(event)));
  }
}

/** Where to read after, or before when going backwards. */
function startOf(log: EventLog, { from, backwards }: AllRead): number {
  if (from === 'start') return 0;
  if (from === 'end') return backwards ? Number.MAX_SAFE_INTEGER : log.headPosition;
  const position = Number(from);
  if (position !== 0 && position <= log.headPosition && !log.hasPosition(position)) {
    throw unexpectedReadResult('ReadAllResult: InvalidPosition');
  }
  const reachable = Math.min(position, Number.MAX_SAFE_INTEGER);
  return backwards ? reachable : reachable - 1;
}
