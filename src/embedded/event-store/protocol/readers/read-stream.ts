import type { EventLog } from '../../log/event-log.js';
import { NO_REVISION, TOMBSTONE_REVISION } from '../../log/model.js';
import type { Stream } from '../../log/stream-directory.js';
import { streamDeleted, unexpectedReadResult } from '../errors.js';
import type { EventView } from '../event-view.js';
import { PageSize } from '../page-size.js';
import { send, type Step } from '../read-pump.js';
import type { From } from '../requests/read-request.js';
import { streamNotFound } from '../responses/read-response.js';

export interface StreamRead {
  readonly stream: string;
  readonly from: From;
  readonly count: bigint;
  readonly backwards: boolean;
}

/** Reads so many events of a stream, up or down from a revision. */
export function* readStream(log: EventLog, view: EventView, read: StreamRead): Generator<Step, void> {
  const { stream, backwards } = read;
  let revision = startOf(read);
  let remaining = Number(read.count);
  const size = new PageSize();
  while (remaining > 0) {
    const visible = visibleRange(log, stream);
    if (!visible) return yield send(streamNotFound(stream));
    revision = backwards ? Math.min(revision, visible.last) : Math.max(revision, visible.first);
    if (revision > visible.last || revision < visible.first) return;
    const reachable = backwards ? revision - visible.first + 1 : Infinity;
    const page = log.readStream(visible.stream, revision, Math.min(size.limit, remaining, reachable), backwards);
    size.learn(page);
    remaining -= page.length;
    revision += backwards ? -page.length : page.length;
    yield send(...page.map((event) => view.frameOf(event)));
  }
}

/** What a reader may see of a stream, or undefined when to a reader there is none. */
function visibleRange(log: EventLog, name: string): { stream: Stream; first: number; last: number } | undefined {
  if (log.visibility.lastRevision(name) === TOMBSTONE_REVISION) throw streamDeleted(name);
  const stream = log.findStream(name);
  if (!stream || stream.last === NO_REVISION || log.visibility.isSoftDeleted(name)) return undefined;
  return { stream, first: log.visibility.firstRevision(stream), last: stream.last };
}

function startOf({ from, backwards, count }: StreamRead): number {
  if (count === 0n) throw unexpectedReadResult('ReadStreamResult: Error');
  if (from === 'end' && !backwards) throw unexpectedReadResult('ReadStreamResult: Error');
  if (from === 'start') return 0;
  return from === 'end' ? Infinity : Number(from);
}
