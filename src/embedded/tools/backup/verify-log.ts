import { pragma } from '../../event-store/log/database.js';
import { openStorage } from '../../event-store/log/storage.js';
import { Refusal } from '../refusal.js';

const PAGE_EVENTS = 256;

/** What a log has to hold. */
export interface Extent {
  readonly count: number;
  /** The position of its newest event. */
  readonly head: number;
}

/**
 * Opens a log as a node does, and then checks all of it: every page, every index, every event's checksum.
 * @throws CorruptLog, or Refusal when it is not what was to be written
 */
export function verifyLog(folder: string, expected: Extent): void {
  const storage = openStorage(folder);
  const { events } = storage;
  const finding = pragma(storage.database, 'integrity_check(1)');
  let count = 0;
  let head = 0;
  for (let page = events.after(0, PAGE_EVENTS); page.length > 0; page = events.after(head, PAGE_EVENTS)) {
    count += page.length;
    head = page.at(-1)?.position ?? head;
  }
  storage.close();
  if (finding === 'ok' && count === expected.count && head === expected.head) return;
  throw new Refusal(`What was written is not what was read (${String(finding)}, ${count} events up to ${head}).`);
}
