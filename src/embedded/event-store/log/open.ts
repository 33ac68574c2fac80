import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type SqlDatabase } from './database.js';
import { diagnose } from './diagnosis.js';
import { EventTable } from './event-table.js';
import { checkIntegrity } from './integrity.js';
import { upgrade } from './upgrade.js';

const FILE = 'events.sqlite';

/**
 * Opens the log of a data folder, which is made if it is not there, and checks it in bounded time.
 * @throws LogUnavailable when the folder cannot be used or another process has it
 * @throws CorruptLog when the file is not what was written
 */
export function openLog(folder: string): { readonly database: SqlDatabase; readonly events: EventTable } {
  let database: SqlDatabase | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = openDatabase(join(folder, FILE));
    upgrade(database);
    const events = new EventTable(database);
    checkIntegrity(database, events);
    return { database, events };
  } catch (error) {
    database?.close();
    throw diagnose(error, folder);
  }
}
