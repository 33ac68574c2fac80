import { randomUUID } from 'node:crypto';
import { Exchange } from '../support/exchange.js';
import type { Stage } from './stage.fixture.js';

export const rowOf = (n: number | string, changes: object = {}) => ({
  customerId: `customer-${n}`,
  name: `Customer ${n}`,
  domain: `customer-${n}.example`,
  portal: 'azure-portal',
  ...changes,
});
export const toBody = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** What an import came to: an answer to each row, and the last line. */
export interface Imported {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly rows: any[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly end: any;
}

/** Begins an import; `claims` change whose it is. */
export const importing = async (
  stage: Stage,
  key: string = randomUUID(),
  partnerId = 'contoso',
  claims: object = {},
): Promise<Exchange> =>
  new Exchange(`${stage.url}/v1/partners/${partnerId}/customers/import`, {
    authorization: `Bearer ${await stage.token({ partner_id: partnerId, ...claims })}`,
    'idempotency-key': key,
  });

/** Imports what is in this body, and reads every answer. */
export const importBody = async (
  stage: Stage,
  body: string,
  ...of: [key?: string, partnerId?: string, claims?: object]
): Promise<Imported> => {
  const exchange = await importing(stage, ...of);
  const sent = exchange.send(body).then(() => exchange.end());
  const rows = [];
  for await (const answer of exchange.answers()) rows.push(answer);
  await sent;
  return { rows, end: rows.pop() };
};

export const importRows = (
  stage: Stage,
  rows: readonly object[],
  ...of: [key?: string, partnerId?: string, claims?: object]
): Promise<Imported> => importBody(stage, toBody(rows), ...of);
