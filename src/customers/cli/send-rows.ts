import { createReadStream } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { linesOf } from '../../platform/ndjson/lines.js';
import type { ImportEnd, ImportedRow } from '../existing-customer.dto.js';
import type { RowsFile } from './rows-file.js';

/** Where to, and as whom. */
export interface Destination {
  readonly url: string;
  readonly partnerId: string;
  readonly token: string;
}

const LONGEST_LINE_BYTES = 256 * 1024;

/** The service has refused the import as a whole. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/**
 * Sends the rows while the answers come, each of them handed to `onRow`; gives the last line, or null when the connection
 * broke before it. @throws ImportRefused
 */
export const sendRows = async (
  { url, partnerId, token }: Destination,
  { path, key }: RowsFile,
  onRow: (row: ImportedRow) => void,
): Promise<ImportEnd | null> => {
  const target = new URL(`/v1/partners/${encodeURIComponent(partnerId)}/customers/import`, url);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'idempotency-key': key };
  const sent = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, { method: 'POST', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject));
  const sending = pipeline(createReadStream(path), sent).catch(() => undefined);
  try {
    return await endOf(await answered, onRow);
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    return null;
  } finally {
    sent.destroy();
    await sending;
  }
};

const endOf = async (answer: IncomingMessage, onRow: (row: ImportedRow) => void): Promise<ImportEnd | null> => {
  const isRefused = answer.statusCode !== 200;
  for await (const line of linesOf(answer, LONGEST_LINE_BYTES)) {
    const text = 'text' in line ? line.text : '';
    if (isRefused) throw new ImportRefused(`${answer.statusCode}: ${text}`);
    const said = JSON.parse(text) as ImportedRow | ImportEnd;
    if ('summary' in said) return said;
    onRow(said);
  }
  return null;
};
