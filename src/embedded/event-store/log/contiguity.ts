import { CorruptLog } from './diagnosis.js';
import { TOMBSTONE_REVISION, type StoredEvent } from './model.js';

/**
 * Checks that no event is missing from what was read of a stream, where an index that lost an entry would skip it.
 * @throws CorruptLog
 */
export function requireContiguous(page: readonly StoredEvent[], first: number, step: 1 | -1): void {
  const complete = page.every(({ revision }, i) => revision === first + i * step || revision === TOMBSTONE_REVISION);
  if (page.length > 0 && complete) return;
  throw new CorruptLog(`Events of a stream are missing from revision ${first} on; restore the log from a backup.`);
}
