/** Stands at the checkpoint of a build that has been cleared away. */
export const GONE = 'gone';

const CHECKPOINT = ':at';

/**
 * The keys of one shard of one build of a read model. They share a hash tag, hence a slot of a cluster: one script may
 * touch them all.
 */
export class Keyspace {
  private readonly tag: string;

  constructor(
    readonly model: string,
    readonly build: string,
    readonly shard: number,
  ) {
    this.tag = `{${model}:${build}:${shard}}`;
  }

  /** How far the log has been looked at; also the channel on which each step tells it. */
  get checkpoint(): string {
    return this.tag + CHECKPOINT;
  }

  /**
   * When the log's end was last reached, in seconds since 1970; absent until then: what is being built from nothing is
   * not shown.
   */
  get live(): string {
    return `${this.tag}:live`;
  }

  static isCheckpoint(key: string): boolean {
    return key.endsWith(`}${CHECKPOINT}`);
  }

  documents(group: string): string {
    return `${this.tag}:d:${group}`;
  }

  index(name: string): string {
    return `${this.tag}:i:${name}`;
  }

  /** Every entry, by position. */
  get log(): string {
    return `${this.tag}:log`;
  }

  /** The positions of the entries of one list. */
  list(name: string): string {
    return `${this.tag}:l:${name}`;
  }

  /** Entries that came after later ones: a log only grows at its end. Of one list, or all that the log holds. */
  late(list: string | null): string {
    return list === null ? `${this.tag}:late` : `${this.tag}:late:${list}`;
  }

  /** The events put aside, by position, and under `revision` what changes whenever they do. */
  get letters(): string {
    return `${this.tag}:letters`;
  }
}
