import { pragma, type SqlDatabase } from './database.js';
import { CorruptLog } from './diagnosis.js';
import type { EventTable } from './event-table.js';

/** A file of at most so many bytes is checked whole when it is opened; of a longer one only the newest events. */
const CHECKED_WHOLE_BYTES = 32 * 1024 * 1024;
const CHECKED_TAIL_EVENTS = 2000;
const PAGE_EVENTS = 256;

/**
 * Checks what an opened file holds, in bounded time; every other event is checked when it is read.
 * @throws CorruptLog, or SQLite's own error
 */
export function checkIntegrity(database: SqlDatabase, events: EventTable): void {
  const bytes = Number(pragma(database, 'page_count')) * Number(pragma(database, 'page_size'));
  if (bytes > CHECKED_WHOLE_BYTES) return checkNewest(events);
  const finding = pragma(database, 'quick_check(1)');
  if (finding !== 'ok') throw new CorruptLog(`The log is corrupt (${String(finding)}); restore it from a backup.`);
  checkEveryEvent(events);
}

function checkNewest(events: EventTable): void {
  let position: number | undefined = Infinity;
  for (let left = CHECKED_TAIL_EVENTS; left > 0 && position !== undefined;) {
    const page = events.before(position, left);
    left -= page.length;
    position = page.at(-1)?.position;
  }
}

/** Reading an event checks it. */
function checkEveryEvent(events: EventTable): void {
  let position: number | undefined = 0;
  while (position !== undefined) position = events.after(position, PAGE_EVENTS).at(-1)?.position;
}
