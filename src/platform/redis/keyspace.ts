/** The keys of one version of a read model. They share a hash tag, hence a slot: one script may touch them all. */
export class Keyspace {
  private readonly tag: string;

  constructor(name: string, version: number) {
    this.tag = `{${name}:v${version}}`;
  }

  /** How far the log has been looked at. */
  get checkpoint(): string {
    return `${this.tag}:at`;
  }

  /** Present once the model was whole: what is being built from nothing is not shown. */
  get live(): string {
    return `${this.tag}:live`;
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
}
