import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What is to be sent: how many lines it has, and a key that is its own, so that sending it again continues it (D7). */
export interface RowsFile {
  readonly path: string;
  readonly rows: number;
  readonly key: string;
}

const NEWLINE = 0x0a;
const BLANK = /^\s*$/;

/** Reads the file once, whatever its size. @throws Error when it cannot be read */
export const rowsFile = async (path: string): Promise<RowsFile> => {
  const hash = createHash('sha256');
  let [rows, rest] = [0, ''];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      if (!BLANK.test(rest + chunk.toString('latin1', from, at))) rows += 1;
      [rest, from] = ['', at + 1];
    }
    rest += chunk.toString('latin1', from);
  }
  if (!BLANK.test(rest)) rows += 1;
  return { path, rows, key: `import-${hash.digest('hex')}` };
};
