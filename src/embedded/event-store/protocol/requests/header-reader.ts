import { readEntry, type EventHeaders } from '../../codec/event-frame.js';
import { FieldReader } from '../../codec/field-reader.js';

/** An entry as it came last at its place. */
interface Known {
  readonly bytes: Buffer;
  readonly entry: ReturnType<typeof readEntry>;
}

/** What is longer than an ordinary entry is not remembered. */
const LONGEST_BYTES = 256;
const MOST_PLACES = 4;

/** Reads the entries of an event's metadata; events that follow each other often have the same, at the same places. */
export class HeaderReader {
  private readonly known: Known[] = [];
  private place = 0;

  /** To be called before the first entry of an event. */
  begin(): void {
    this.place = 0;
  }

  /** Reads the entry that the reader has come to into `headers`. @throws MalformedMessage */
  read(reader: FieldReader, headers: EventHeaders): void {
    const known = this.known[this.place];
    const entry = known && reader.skipIf(known.bytes) ? known.entry : this.remembered(reader.bytes());
    if (entry) headers[entry.key] = entry.value;
    this.place += 1;
  }

  private remembered(bytes: Buffer): Known['entry'] {
    const entry = readEntry(new FieldReader(bytes));
    if (this.place < MOST_PLACES && bytes.length <= LONGEST_BYTES)
      this.known[this.place] = { bytes: Buffer.from(bytes), entry };
    return entry;
  }
}
