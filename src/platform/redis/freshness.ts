/** How fresh what a request has read is: the lowest position and the greatest age of all it rests on. */
export class Freshness {
  /** Null while nothing was read. */
  position: bigint | null = null;
  /** Seconds since the log's end was last reached. */
  ageSeconds = 0;

  /** Notes that a shard was read as of this position. */
  note(position: bigint, ageSeconds: number): void {
    if (this.position === null || position < this.position) this.position = position;
    this.ageSeconds = Math.max(this.ageSeconds, ageSeconds);
  }
}
