import { Inject, Injectable } from '@nestjs/common';
import type { ReadModelRedis } from './connection.js';
import { ReadModelUnavailable } from './errors.js';
import type { Keyspace } from './keyspace.js';
import { positionFrom, positionText } from './position.js';

/** Injection token of the connection that answers queries. */
export const QUERY_REDIS = Symbol('QUERY_REDIS');

/** What was read, and how far the model had looked at the log at that moment. */
export interface Read<T> {
  readonly position: bigint;
  readonly found: T;
}

/** A member of an index with its document. */
export interface Row {
  readonly member: string;
  readonly packed: string;
}

/** A part of an index: members from `from` on, those after `after`, and those before `to`; what is left out bounds nothing. */
export interface Range {
  readonly index: string;
  readonly after?: string;
  readonly from?: string;
  readonly to?: string;
}

/** An entry of a log with its position. */
export interface LogRow {
  readonly position: bigint;
  readonly packed: string;
}

/**
 * Reads what the projections have built. Every reading is one round trip and one atomic step, so that nothing of a
 * model is shown that is being rebuilt. @throws ReadModelUnavailable in half a second at most
 */
@Injectable()
export class ReadModelReader {
  constructor(@Inject(QUERY_REDIS) private readonly redis: ReadModelRedis) {}

  async document(keys: Keyspace, { group, id }: { group: string; id: string }): Promise<Read<string | null>> {
    const { position, rows } = await settle(
      this.redis.readDocument(keys.checkpoint, keys.live, keys.documents(group), id),
    );
    return { position, found: rows[0] ?? null };
  }

  /** At most `count` rows of an index, from the one after the member `after` on. */
  index(keys: Keyspace, group: string, index: string, after: string, count: number): Promise<Read<Row[]>> {
    return this.range(keys, group, { index, after }, count);
  }

  /** At most `count` rows of a part of an index. */
  async range(keys: Keyspace, group: string, range: Range, count: number): Promise<Read<Row[]>> {
    const { checkpoint, live } = keys;
    const last = range.to === undefined ? '+' : `(${range.to}`;
    const { position, rows } = await settle(
      this.redis.readIndex(
        ...([checkpoint, live, keys.documents(group), keys.index(range.index)] as const),
        ...([firstOf(range), last, count] as const),
      ),
    );
    return { position, found: pairs(rows).map(([member, packed]) => ({ member, packed })) };
  }

  /** At most `count` entries of a list, or of the whole log when it is null, after the position `after`. */
  async log(keys: Keyspace, list: string | null, after: bigint | null, count: number): Promise<Read<LogRow[]>> {
    const { checkpoint, live, log } = keys;
    const start = after === null ? '' : positionText(after);
    const { position, rows } = await settle(
      this.redis.readLog(checkpoint, live, log, list === null ? log : keys.list(list), start, count),
    );
    return { position, found: pairs(rows).map(([at, packed]) => ({ position: BigInt(at), packed })) };
  }
}

/** Bounds are compared as Redis does: byte by byte. */
const firstOf = ({ after = '', from = '' }: Range): string => {
  if (after === '' && from === '') return '-';
  return Buffer.compare(Buffer.from(after), Buffer.from(from)) < 0 ? `[${from}` : `(${after}`;
};

const settle = async (reading: Promise<(string | null)[] | null>) => {
  const answer = await reading.catch((error: unknown) => {
    throw new ReadModelUnavailable('read-model-unavailable', error);
  });
  if (answer === null) throw new ReadModelUnavailable('read-model-rebuilding');
  const [at, ...rows] = answer;
  return { position: positionFrom(at ?? null) ?? 0n, rows };
};

const pairs = (rows: readonly (string | null)[]): [string, string][] =>
  Array.from({ length: rows.length / 2 }, (_, n) => [rows[2 * n] ?? '', rows[2 * n + 1] ?? '']);
