const LEAST_BYTES = 4096;

/**
 * The same bytes in few buffers: those that lie side by side in memory, as the frames of a row do, become one without
 * being copied; small ones are copied together, for each piece that is written has its price.
 */
export function inFewPieces(buffers: readonly Buffer[]): readonly Buffer[] {
  const pieces = merged(buffers);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return pieces.length === 1 || bytes > pieces.length * LEAST_BYTES ? pieces : [Buffer.concat(pieces, bytes)];
}

function merged(buffers: readonly Buffer[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let from = 0; from < buffers.length;) {
    const first = buffers[from] as Buffer;
    let end = first.byteOffset + first.length;
    let next = from + 1;
    for (let buffer; (buffer = buffers[next]) && buffer.byteOffset === end && buffer.buffer === first.buffer; next++) {
      end += buffer.length;
    }
    const alone = next === from + 1;
    pieces.push(alone ? first : Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset));
    from = next;
  }
  return pieces;
}
