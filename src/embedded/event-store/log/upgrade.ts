import { checksum, scatter } from './checksum.js';
import { pragma, type SqlDatabase } from './database.js';
import { CorruptLog } from './diagnosis.js';
import { EventTable } from './event-table.js';
import { FIRST_VERSION, SCHEMA, SCHEMA_VERSION, VERSION_WITHOUT_JOURNAL } from './schema.js';
import { StreamDirectory } from './stream-directory.js';

const PAGE_EVENTS = 500;
const AFTER = `SELECT e.position, e.revision, e.checksum, e.frame, e.stream, s.name FROM first_events e
  JOIN first_streams s ON s.id = e.stream WHERE e.position > ? ORDER BY e.position LIMIT ${PAGE_EVENTS}`;

type Row = [position: number, revision: number, sum: number, frame: Buffer, stream: number, name: string];

/**
 * Brings a file of an earlier format into today's: whole or not at all. The first kept each event in a row of its own; the
 * second had today's tables.
 * @throws CorruptLog when an event is not what was written
 */
export function upgrade(database: SqlDatabase): void {
  const version = pragma(database, 'user_version');
  if (version === VERSION_WITHOUT_JOURNAL) pragma(database, `user_version = ${SCHEMA_VERSION}`);
  if (version !== FIRST_VERSION) return;
  database.exec('BEGIN; ALTER TABLE events RENAME TO first_events; ALTER TABLE streams RENAME TO first_streams');
  database.exec(SCHEMA);
  copyEvents(database);
  database.exec('DROP TABLE first_events; DROP TABLE first_streams; DROP TABLE types; COMMIT');
}

function copyEvents(database: SqlDatabase): void {
  const events = new EventTable(database);
  const streams = new StreamDirectory(events);
  const page = database.prepare(AFTER).raw();
  let rows: Row[] = [];
  for (let after = 0; (rows = page.all([after]) as Row[]).length > 0; after = rows.at(-1)?.[0] ?? after) {
    for (const [position, revision, sum, frame, number, name] of rows) {
      if (checksum(frame, firstSeed(position, number, revision)) !== sum) throw corrupt(position);
      const stream = streams.find(name) ?? streams.create(name);
      stream.last = revision;
      events.insert({ position, streamId: stream.id, revision, frame });
    }
    events.flush();
  }
}

/** What tied the checksum of the first format to the place of its event. */
function firstSeed(...place: readonly number[]): number {
  let seed = 0;
  for (const value of place) {
    seed = scatter(Math.imul(seed, 31) ^ (value % 2 ** 32) ^ Math.imul(Math.floor(value / 2 ** 32), 0x9e3779b1));
  }
  return seed;
}

const corrupt = (position: number) =>
  new CorruptLog(`The event at position ${position} is corrupt; restore the data folder from a backup.`);
