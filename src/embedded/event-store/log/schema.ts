/** Marks the file as an event log in its header; the letters EVLG. */
export const APPLICATION_ID = 0x45564c47;
/** Files of these are brought into today's when they are opened. */
export const FIRST_VERSION = 1;
/** The same tables with no journal before them: who does not know of it must not open a folder that has one. */
export const VERSION_WITHOUT_JOURNAL = 2;
export const SCHEMA_VERSION = 3;
/** Rows of events are written one behind the other, so a great page costs less than several. */
export const PAGE_BYTES = 8192;

/**
 * Rows of events are only ever added; what a row holds says `pack.ts`. It is found by the position of its last event, and
 * by the last revision of its stream that it holds. `packs` knows those up to the position `indexed`, and perhaps some
 * more. A stream's number is a hash of its name, or what is free behind that.
 */
export const SCHEMA = `
CREATE TABLE events (position INTEGER PRIMARY KEY, pack BLOB NOT NULL);
CREATE TABLE packs (
  stream INTEGER NOT NULL,
  last INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (stream, last)
) WITHOUT ROWID;
CREATE TABLE progress (indexed INTEGER NOT NULL);
INSERT INTO progress VALUES (0);
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;
