import { Injectable } from '@nestjs/common';
import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { decodeCursor, encodeCursor } from '../platform/redis/cursor.js';
import { Keyspace } from '../platform/redis/keyspace.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import { entryView } from './audit-entry.view.js';
import type { AuditFilter } from './audit-filter.js';
import { accepts, isFiltered } from './audit-filter.js';

const KEYS = new Keyspace(auditTrail.name, auditTrail.version);
/** How many entries are looked at in one reading, and in one answer, when only some are asked for. */
const CHUNK = 250;
const READINGS = 4;

type View = ReturnType<typeof entryView>;

/** Reads pages of the trail. What an answer costs is bounded: a filter that matches little gives short pages. */
@Injectable()
export class AuditScan {
  constructor(private readonly reader: ReadModelReader) {}

  async page(list: string | null, filter: AuditFilter, cursor: string | undefined, limit: number) {
    const count = isFiltered(filter) ? CHUNK : limit + 1;
    const items: View[] = [];
    let after = cursor === undefined ? null : BigInt(decodeCursor(cursor) ?? 0);
    let position = 0n;
    for (let reading = 0; reading < READINGS; reading++) {
      const read = await this.reader.log(KEYS, list, after, count);
      position = read.position;
      for (const row of read.found) {
        if (items.length === limit) return pageOf(items, after, position);
        const entry = auditTrail.unpack(row.packed);
        if (accepts(filter, entry)) items.push(entryView(entry, row.position));
        after = row.position;
      }
      if (read.found.length < count) return pageOf(items, null, position);
    }
    return pageOf(items, after, position);
  }
}

const pageOf = (items: View[], after: bigint | null, position: bigint) => ({
  items,
  next: after === null ? null : encodeCursor(after.toString()),
  position: position.toString(),
});
