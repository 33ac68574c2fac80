/** Marks the file as an event log in its header; the letters EVLG. */
export const APPLICATION_ID = 0x45564c47;
export const SCHEMA_VERSION = 1;

/**
 * Rows of events are only ever added. Streams are found through a hash of their name, because a unique index over
 * the names themselves costs more than everything else in an append.
 */
export const SCHEMA = `
CREATE TABLE streams (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX streams_by_hash ON streams (hash);
CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  type INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  frame BLOB NOT NULL
);
CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;
