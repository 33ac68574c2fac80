import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '../../projections/audit-trail/audit-entry.js';
import { auditTrail } from '../../projections/audit-trail/audit-trail.js';
import { remembered } from '../../projections/kernel/remembered.js';
import { remembersShown } from '../platform/http/shown.js';
import type { Wanted } from '../platform/redis/read-model.reader.js';
import { entryView } from './audit-entry.view.js';
import type { AuditFilter } from './audit-filter.js';
import { accepts, isFiltered } from './audit-filter.js';
import type { TrailOf } from './trails.service.js';
import { Trails } from './trails.service.js';

/** How many entries are looked at in one reading, and in one answer, when only some are asked for. */
const CHUNK = 250;
const READINGS = 4;
const REMEMBERED = 25_000;

const unpack = remembered(auditTrail.unpack, REMEMBERED);
const shown = remembersShown((entry: AuditEntry, position) => ({ position, ...entryView(entry) }));
type Shown = ReturnType<typeof shown>;

/** Reads pages of the trail. What an answer costs is bounded: a filter that matches little gives short pages. */
@Injectable()
export class AuditScan {
  constructor(private readonly trails: Trails) {}

  async page(of: TrailOf, wanted: Wanted, filter: AuditFilter, from: bigint | null, limit: number) {
    let after = from;
    const count = isFiltered(filter) ? CHUNK : limit + 1;
    const items: Shown[] = [];
    let position = 0n;
    for (let reading = 0; reading < READINGS; reading++) {
      const read = await this.trails.read(of, wanted, after, count);
      position = read.position;
      for (const row of read.found) {
        if (items.length === limit) return pageOf(items, after, position);
        const entry = unpack(row.packed);
        if (accepts(filter, entry)) items.push(shown(entry, row.position.toString()));
        after = row.position;
      }
      if (read.end) return pageOf(items, null, position);
    }
    return pageOf(items, after, position);
  }
}

const pageOf = (items: Shown[], after: bigint | null, position: bigint) => ({
  items,
  /** The position to go on after; null at the end. */
  next: after,
  position: position.toString(),
});
