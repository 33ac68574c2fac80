import { CorruptLog } from './diagnosis.js';
import type { EventTable } from './event-table.js';
import { GROWTH_BYTES, type Journal } from './journal.js';
import { decodeRecord, recordsIn } from './journal-record.js';

/**
 * Adds to the table what only the journal holds. A crash leaves at most the last record torn, for each is on disk before
 * the next begins. Behind it lie records from before the journal was last emptied, whose events the table has.
 * @throws CorruptLog when acknowledged events would be lost without a word
 */
export function recover(journal: Journal, events: EventTable): void {
  const bytes = journal.read();
  if (bytes.length % GROWTH_BYTES !== 0) throw corrupt(journal.path, 'was cut short');
  let end = events.end;
  let at = 0;
  for (let record; (record = decodeRecord(bytes, at)); at = record.end) {
    for (const pack of record.packs) {
      if (pack.position > end) throw corrupt(journal.path, `lacks the events from position ${end} on`);
      if (pack.position < end) continue;
      events.recover(pack);
      end = pack.end;
    }
    journal.goOnFrom(record.end);
  }
  for (const { packs } of recordsIn(bytes, at)) {
    if (packs.some(({ position }) => position >= end)) throw corrupt(journal.path, 'is corrupt amidst its records');
  }
}

const corrupt = (path: string, what: string): CorruptLog =>
  new CorruptLog(`${path} ${what}; restore the data folder from a backup.`);
