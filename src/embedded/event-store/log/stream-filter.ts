/** A number of a stream has 47 bits; as many numbers as this share a bit here, which is rare while there are few million. */
const NUMBERS_PER_BIT = 2 ** 22;
const BITS = 2 ** 25;
const WORD_BITS = 32;

/**
 * Tells of most streams that are not in the index that they are not: a new stream is then begun without asking the
 * database. 4 MiB, whatever the log holds.
 */
export class StreamFilter {
  private readonly words = new Uint32Array(BITS / WORD_BITS);

  add(streamId: number): void {
    const bit = bitOf(streamId);
    const word = bit >>> 5;
    this.words[word] = (this.words[word] as number) | (1 << (bit % WORD_BITS));
  }

  /** False only if the stream was never added. */
  mayHave(streamId: number): boolean {
    const bit = bitOf(streamId);
    return (((this.words[bit >>> 5] as number) >>> (bit % WORD_BITS)) & 1) === 1;
  }
}

const bitOf = (streamId: number): number => Math.floor(streamId / NUMBERS_PER_BIT) % BITS;
