/** A line that was sent, numbered from 1: its text, or why it has none. Empty lines are counted, and left out. */
export type Line =
  { readonly row: number; readonly text: string } | { readonly row: number; readonly fault: 'too-long' | 'not-utf-8' };

const NEWLINE = 0x0a;
const BLANK = /^\s*$/;

/** Puts the bytes of one line together, and no more of them than it may have. */
class LineAssembly {
  private row = 0;
  private parts: Uint8Array[] = [];
  private length = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(private readonly longest: number) {}

  get isEmpty(): boolean {
    return this.length === 0;
  }

  add(part: Uint8Array): void {
    this.length += part.length;
    if (this.length <= this.longest) this.parts.push(part);
    else this.parts = [];
  }

  /** The line as it is complete now; null for an empty one. */
  take(): Line | null {
    const { parts, length } = this;
    this.row += 1;
    this.parts = [];
    this.length = 0;
    if (length > this.longest) return { row: this.row, fault: 'too-long' };
    const [only] = parts;
    const bytes = parts.length === 1 && only ? only : Buffer.concat(parts);
    try {
      const text = this.decoder.decode(bytes);
      return BLANK.test(text) ? null : { row: this.row, text };
    } catch {
      return { row: this.row, fault: 'not-utf-8' };
    }
  }
}

/** The lines in what arrives in chunks. A line of more than `longest` bytes is passed over without being kept. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Line, void> {
  const assembly = new LineAssembly(longest);
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      assembly.add(chunk.subarray(from, at));
      from = at + 1;
      const line = assembly.take();
      if (line) yield line;
    }
    if (from < chunk.length) assembly.add(chunk.subarray(from));
  }
  const last = assembly.isEmpty ? null : assembly.take();
  if (last) yield last;
}
