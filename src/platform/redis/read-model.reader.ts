import { Inject, Injectable } from '@nestjs/common';
import type { Versioned } from './builds.js';
import type { ReadModelRedis, Rows } from './connection.js';
import { QUERY_REDIS } from './connection.js';
import { ReadModelUnavailable } from './errors.js';
import type { Freshness } from './freshness.js';
import { Keyspace } from './keyspace.js';
import { LiveBuilds } from './live-builds.service.js';
import { positionFrom, positionText } from './position.js';
import { KIND_WIDTH } from './sorted-lists.js';
import { Positions } from './positions.service.js';

/** How long a query waits for its minPosition, in milliseconds. */
export const PATIENCE_MS = 2_000;

/** How fresh a reading must be: of what has looked at everything up to `min` (null: as it is). */
export interface Wanted {
  readonly min: bigint | null;
  /** Is told how fresh what was read is. */
  readonly freshness?: Freshness | undefined;
}

/** Where a reading begins: a shard of a read model. */
export interface Place extends Wanted {
  readonly model: Versioned;
  readonly shard: number;
}

/** What was read, and how far the shard had looked at the log at that moment. */
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
  /** Of an index whose members begin with their kind: these kinds, merged; none for all that there are. */
  readonly kinds?: readonly string[];
}

/** An entry of a log with its position. */
export interface LogRow {
  readonly position: bigint;
  readonly packed: string;
}

/**
 * Reads what the projections have built. Every reading is one round trip and one atomic step, so that nothing of a
 * model is shown that is being rebuilt. @throws ReadModelUnavailable in half a second at most, after waiting for `min`
 */
@Injectable()
export class ReadModelReader {
  constructor(
    @Inject(QUERY_REDIS) private readonly redis: ReadModelRedis,
    private readonly positions: Positions,
    private readonly builds: LiveBuilds,
  ) {}

  async document(place: Place, { group, id }: { group: string; id: string }): Promise<Read<string | null>> {
    const { position, rows } = await this.read(place, (keys) =>
      this.redis.readDocument(keys.checkpoint, keys.live, keys.documents(group), id),
    );
    return { position, found: rows[0] ?? null };
  }

  /** At most `count` rows of an index, from the one after the member `after` on. */
  index(place: Place, group: string, index: string, after: string, count: number): Promise<Read<Row[]>> {
    return this.range(place, group, { index, after }, count);
  }

  /** At most `count` rows of a part of an index. */
  async range(place: Place, group: string, range: Range, count: number): Promise<Read<Row[]>> {
    const last = range.to === undefined ? '+' : `(${range.to}`;
    const { position, rows } = await this.read(place, (keys) => {
      const read = [keys.checkpoint, keys.live, keys.documents(group), keys.index(range.index)] as const;
      const bounds = [firstOf(range), last, count] as const;
      return range.kinds
        ? this.redis.readKinds(...read, ...bounds, ...range.kinds)
        : this.redis.readIndex(...read, ...bounds);
    });
    const [size, kind] = [rows.length / 2, range.kinds ? KIND_WIDTH : 0];
    const members = rows.slice(0, size).map((member) => (member ?? '').slice(kind));
    return { position, found: members.map((member, at) => ({ member, packed: rows[size + at] ?? '' })) };
  }

  /** At most `count` entries of a list, or of all on the shard when it is null, after the position `after`. */
  async log(place: Place, list: string | null, after: bigint | null, count: number): Promise<Read<LogRow[]>> {
    const start = after === null ? '' : positionText(after);
    const { position, rows } = await this.read(place, (keys) =>
      this.redis.readLog(
        ...([keys.checkpoint, keys.live, keys.log, list === null ? keys.log : keys.list(list)] as const),
        ...([keys.late(list), start, count] as const),
      ),
    );
    return { position, found: pairs(rows).map(([at, packed]) => ({ position: BigInt(at), packed })) };
  }

  /** At most `count` references of a list, from the one after `after` on. */
  async references(place: Place, list: string, after: string, count: number): Promise<Read<string[]>> {
    const { position, rows } = await this.read(place, (keys) =>
      this.redis.readReferences(keys.checkpoint, keys.live, keys.list(list), after, count),
    );
    return { position, found: rows.map((reference) => reference ?? '') };
  }

  /** The entries at these positions; null for one that is not kept on this shard. */
  async entries(place: Place, positions: readonly bigint[]): Promise<Read<(string | null)[]>> {
    const { position, rows } = await this.read(place, (keys) =>
      this.redis.readEntries(keys.checkpoint, keys.live, keys.log, keys.late(null), ...positions.map(String)),
    );
    return { position, found: positions.map((_, at) => rows[at] ?? null) };
  }

  /**
   * A build that is gone, or no longer live, is looked for once more. What was known of the position may be of a shard
   * that has been built again since: then it is waited for anew.
   */
  private async read({ model, shard, min, freshness }: Place, reading: (keys: Keyspace) => Promise<Rows>) {
    const deadline = Date.now() + PATIENCE_MS;
    for (let build = await this.builds.of(model); ;) {
      const keys = new Keyspace(model.name, build, shard);
      if (min !== null) await this.positions.reached(keys.checkpoint, min, deadline);
      const read = settled(await answerOf(reading(keys)));
      if (read === null) build = await this.builds.after(model, build);
      else if (min !== null && read.position < min) await answerOf(this.positions.forget(keys.checkpoint));
      else {
        freshness?.note(read.position, read.ageSeconds);
        return read;
      }
    }
  }
}

/** Bounds are compared as Redis does: byte by byte. */
const firstOf = ({ after = '', from = '' }: Range): string => {
  if (after === '' && from === '') return '-';
  return Buffer.compare(Buffer.from(after), Buffer.from(from)) < 0 ? `[${from}` : `(${after}`;
};

const answerOf = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw new ReadModelUnavailable('read-model-unavailable', error);
  });

/** What was read; null when there is nothing whole to read. */
const settled = (answer: Rows) => {
  if (answer === null) return null;
  const [at, age, ...rows] = answer;
  return { position: positionFrom(at ?? null) ?? 0n, ageSeconds: Math.max(0, Number(age ?? 0)), rows };
};

const pairs = (rows: readonly (string | null)[]): [string, string][] =>
  Array.from({ length: rows.length / 2 }, (_, n) => [rows[2 * n] ?? '', rows[2 * n + 1] ?? '']);
