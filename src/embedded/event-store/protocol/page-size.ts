import type { StoredEvent } from '../log/model.js';

const FIRST_EVENTS = 32;
const MOST_EVENTS = 256;
const PAGE_BYTES = 64 * 1024;

/** Chooses how many events to read at once, so that a page weighs about 64 KiB whatever the events weigh. */
export class PageSize {
  limit = FIRST_EVENTS;

  learn(page: readonly StoredEvent[]): void {
    let bytes = 0;
    for (const event of page) bytes += event.frame.length;
    if (bytes === 0) return;
    this.limit = Math.max(1, Math.min(MOST_EVENTS, Math.floor((PAGE_BYTES * page.length) / bytes)));
  }
}
