import { randomUUID } from 'node:crypto';
import type { EventLog } from '../../log/event-log.js';
import { NO_REVISION, TOMBSTONE_REVISION, type StoredEvent } from '../../log/model.js';
import { streamDeleted } from '../errors.js';
import type { EventView } from '../event-view.js';
import { PageSize } from '../page-size.js';
import { send, type Step } from '../read-pump.js';
import type { From } from '../requests/read-request.js';
import { CAUGHT_UP, confirmation } from '../responses/read-response.js';

/** Follows a stream, which need not exist, from after a revision on; ends only with the stream's tombstone. */
export function* subscribeToStream(
  log: EventLog,
  view: EventView,
  { stream, from }: { readonly stream: string; readonly from: From },
): Generator<Step, void> {
  const isEnded = () => log.visibility.lastRevision(stream) === TOMBSTONE_REVISION;
  const last = () => log.findStream(stream)?.last ?? NO_REVISION;
  if (isEnded()) throw streamDeleted(stream);
  let next = startOf(from, last());
  let live = false;
  const size = new PageSize();
  yield send(confirmation(randomUUID()));
  for (;;) {
    const page = live ? readLive(log, stream, next, size.limit) : readVisible(log, stream, next, size.limit);
    const newest = page.at(-1);
    if (newest) {
      size.learn(page);
      next = newest.revision + 1;
      yield send(...page.map((event) => view.frameOf(event)));
    } else if (isEnded()) {
      throw streamDeleted(stream);
    } else if (live) {
      yield { kind: 'wait', until: (wake) => log.signal.onStream(stream, wake) };
    } else {
      live = true;
      next = Math.max(next, last() + 1);
      yield send(CAUGHT_UP);
    }
  }
}

/** While catching up, what is truncated stays hidden. */
function readVisible(log: EventLog, name: string, from: number, limit: number): StoredEvent[] {
  const stream = log.findStream(name);
  if (!stream || stream.last === TOMBSTONE_REVISION) return [];
  const first = Math.max(from, log.visibility.firstRevision(stream));
  return first > stream.last ? [] : log.readStream(stream, first, limit);
}

/** A live subscriber sees everything that is written, the tombstone too. */
function readLive(log: EventLog, name: string, from: number, limit: number): StoredEvent[] {
  const stream = log.findStream(name);
  return !stream || from > stream.last ? [] : log.readStream(stream, from, limit);
}

function startOf(from: From, last: number): number {
  if (from === 'start') return 0;
  return from === 'end' ? last + 1 : Math.min(Number(from), TOMBSTONE_REVISION - 1) + 1;
}
