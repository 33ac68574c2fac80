import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Progress } from '../../platform/cli/progress.js';
import type { ImportEnd, ImportedRow } from '../existing-customer.dto.js';
import type { RowsFile } from './rows-file.js';
import { rowsFile } from './rows-file.js';
import type { Destination } from './send-rows.js';
import { ImportRefused, sendRows } from './send-rows.js';

const USAGE = `TOKEN=… npm run import -- FILE.ndjson --partner PARTNER_ID [--url http://127.0.0.1:3000]
Imports the customers that the vendor's other portals show, one JSON object to a line:
  {"customerId":"fabrikam","name":"Fabrikam","domain":"fabrikam.example","portal":"azure-portal","since":"2021-03-01"}
Rows that are refused are printed, as they were answered. Run it again with the same file to go on where it broke off.`;
const TRIES = 8;
const FIRST_PAUSE_MS = 500;

class UsageError extends Error {}

const parse = (): { path: string; to: Destination } => {
  const options = { partner: { type: 'string' }, url: { type: 'string', default: 'http://127.0.0.1:3000' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [path] = positionals;
  const token = process.env['TOKEN'];
  if (!path || !values.partner || !token) throw new UsageError(USAGE);
  return { path, to: { url: values.url, partnerId: values.partner, token } };
};

/** The last line; or why the same is to be sent again. @throws Error when the service will not take it */
const attempt = async (
  to: Destination,
  file: RowsFile,
  onRow: (row: ImportedRow) => void,
): Promise<ImportEnd | string> => {
  const end = await sendRows(to, file, onRow);
  if (end === null) return 'The connection broke.';
  if (!end.problem) return end;
  const { status, detail, next = '' } = end.problem;
  if (status < 500) throw new ImportRefused(`${detail} ${next}`);
  return detail;
};

/** Sends the file, again after a broken connection: rows that were answered before are answered the same (D7). */
const untilEnded = async (to: Destination, file: RowsFile): Promise<ImportEnd> => {
  for (let tries = 1, wait = FIRST_PAUSE_MS; tries <= TRIES; tries += 1, wait *= 2) {
    const progress = new Progress(process.stderr, { total: file.rows, unit: 'rows' });
    let answered = 0;
    const refused: ImportedRow[] = [];
    const end = await attempt(to, file, (row) => {
      progress.show((answered += 1) / file.rows);
      if (row.outcome === 'refused') refused.push(row);
    });
    progress.end();
    if (typeof end !== 'string') {
      for (const row of refused) process.stdout.write(`${JSON.stringify(row)}\n`);
      return end;
    }
    process.stderr.write(`${end} It goes on in ${wait / 1_000} s.\n`);
    await sleep(wait);
  }
  throw new Error('It did not come to its end. Run it again with the same file: nothing is done twice.');
};

const run = async (): Promise<number> => {
  const { path, to } = parse();
  const { summary } = await untilEnded(to, await rowsFile(path));
  const { established, alreadyThere, refused, position } = summary;
  process.stderr.write(
    `${established} established, ${alreadyThere} already there, ${refused} refused; position ${position}\n`,
  );
  return refused === 0 ? 0 : 1;
};

run().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
