import { Injectable } from '@nestjs/common';
import { auditTrail, entriesOf } from '../../projections/audit-trail/audit-trail.js';
import { ALL_SHARDS, shardOf } from '../../projections/kernel/shard.js';
import type { Freshness } from '../platform/redis/freshness.js';
import { mergedLog } from '../platform/redis/merged.js';
import type { LogRow, Place, Read, Wanted } from '../platform/redis/read-model.reader.js';
import { ReadModelReader } from '../platform/redis/read-model.reader.js';
import { referenceTo, refersTo } from '../platform/redis/reference.js';

/** Whose trail it is. */
export type TrailOf = 'all' | { readonly partnerId: string } | { readonly customerId: string };

/** Entries in log order; `end` says that there were no more when they were read. */
export type Entries = Read<LogRow[]> & { readonly end: boolean };

/** Sorts after every shard's number in a reference. */
const AFTER_ANY_SHARD = 35;

const later = (one: bigint | null, other: bigint): bigint => (one === null || other > one ? other : one);

/** Finds the entries of a trail on whatever shards they are kept. */
@Injectable()
export class Trails {
  constructor(private readonly reader: ReadModelReader) {}

  /** Entries after the position `after`, of a trail as fresh as wanted: `count`, or somewhat more. */
  read(of: TrailOf, wanted: Wanted, after: bigint | null, count: number): Promise<Entries> {
    if (of === 'all') return this.all(wanted, after, count);
    return 'partnerId' in of
      ? this.ofPartner(of.partnerId, wanted, after, count)
      : this.ofCustomer(of.customerId, wanted, after, count);
  }

  private async ofPartner(partnerId: string, wanted: Wanted, after: bigint | null, count: number) {
    const { owner, list } = entriesOf.partner(partnerId);
    const read = await this.reader.log(placeOf(shardOf(owner), wanted), list, after, count);
    return { ...read, end: read.found.length < count };
  }

  private async all(wanted: Wanted, after: bigint | null, count: number): Promise<Entries> {
    const reads = ALL_SHARDS.map((shard) => this.reader.log(placeOf(shard, wanted), null, after, count));
    return mergedLog(await Promise.all(reads), count);
  }

  /** The customer's shard says where its entries are kept; each of those shards is waited for until it has them. */
  private async ofCustomer(customerId: string, wanted: Wanted, after: bigint | null, count: number) {
    const { owner, list } = entriesOf.customer(customerId);
    const start = after === null ? '' : referenceTo(after, AFTER_ANY_SHARD);
    const { position, found } = await this.reader.references(placeOf(shardOf(owner), wanted), list, start, count);
    const byHome = new Map<number, bigint[]>();
    for (const { home, position: at } of found.map(refersTo)) byHome.set(home, [...(byHome.get(home) ?? []), at]);
    const kept = await Promise.all(
      [...byHome].map(([home, positions]) => this.kept(home, positions, wanted.freshness)),
    );
    const rows = kept.flat().sort((one, other) => (one.position < other.position ? -1 : 1));
    return { position, found: rows, end: found.length < count };
  }

  private async kept(home: number, positions: readonly bigint[], freshness?: Freshness): Promise<LogRow[]> {
    const min = positions.reduce<bigint | null>(later, null);
    const { found } = await this.reader.entries(placeOf(home, { min, freshness }), positions);
    return positions.flatMap((position, at) => {
      const packed = found[at] ?? null;
      return packed === null ? [] : [{ position, packed }];
    });
  }
}

const placeOf = (shard: number, wanted: Wanted): Place => ({ model: auditTrail, shard, ...wanted });
