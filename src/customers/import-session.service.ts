import type { Problem } from '../platform/http/problem.js';
import { toProblem } from '../platform/http/to-problem.js';
import { validated } from '../platform/http/validation.js';
import { inOrder } from '../platform/ndjson/in-order.js';
import type { Line } from '../platform/ndjson/lines.js';
import { linesOf } from '../platform/ndjson/lines.js';
import { toLine } from '../platform/ndjson/ndjson.js';
import { paced } from '../platform/ndjson/paced.js';
import { log } from '../platform/telemetry/log.js';
import type { ImportSummary, ImportedRow } from './existing-customer.dto.js';
import { ExistingCustomerRow } from './existing-customer.dto.js';
import type { RecordedRow } from './existing-customers.service.js';

const LONGEST_ROW_BYTES = 16 * 1024;
const ROWS_IN_FLIGHT = 256;
export const MOST_ROWS = 1_000_000;

/** The row is none, or none that is still taken. */
class RowFault extends Error {
  override readonly name = 'RowFault';

  constructor(
    readonly code: 'row-too-long' | 'malformed-row' | 'too-many-rows',
    detail: string,
    readonly next?: string,
  ) {
    super(detail);
  }
}

type Ending = Pick<Problem, 'status' | 'code' | 'detail' | 'next'>;

/** The JSON object in a line. @throws RowFault */
const objectIn = (line: Line): { readonly customerId?: unknown } => {
  if (!('fault' in line)) return parsed(line.text);
  if (line.fault === 'not-utf-8') throw new RowFault('malformed-row', 'The row is not UTF-8.');
  throw new RowFault('row-too-long', `A row has at most ${LONGEST_ROW_BYTES} bytes.`);
};

const parsed = (text: string): object => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new RowFault('malformed-row', 'A row is one JSON object.');
};

/** One import, from its first row to its summary (R4). */
export class ImportSession {
  private readonly counts = { established: 0, 'already-there': 0, refused: 0 };
  private rowCount = 0;
  private position = 0n;
  private ending: Ending | null = null;

  constructor(
    private readonly record: (row: ExistingCustomerRow) => Promise<RecordedRow>,
    private readonly mostRows = MOST_ROWS,
  ) {}

  /**
   * Answers each row in a line, in their order, and all of them in the last line. A row that is wrong is refused by
   * itself; what concerns the others too ends the import, and the last line says so.
   */
  async *answers(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
    const options = { limit: ROWS_IN_FLIGHT, isOver: () => this.ending !== null };
    const lines = paced(linesOf(body, LONGEST_ROW_BYTES));
    for await (const answered of inOrder(lines, (line) => this.answer(line), options))
      yield answered.map(toLine).join('');
    yield toLine({ summary: this.summary, ...(this.ending && { problem: this.ending }) });
  }

  private get summary(): ImportSummary {
    const { established, refused, 'already-there': alreadyThere } = this.counts;
    return { established, alreadyThere, refused, position: this.position.toString() };
  }

  private async answer(line: Line): Promise<ImportedRow> {
    const { row } = line;
    let customerId: string | null = null;
    try {
      this.requireRoom();
      const value = objectIn(line);
      if (typeof value.customerId === 'string') ({ customerId } = value as { customerId: string });
      const { outcome, position } = await this.record(validated(ExistingCustomerRow, value));
      this.counts[outcome] += 1;
      if (position > this.position) this.position = position;
      return { row, customerId, outcome, position: position.toString() };
    } catch (error) {
      this.counts.refused += 1;
      return { row, customerId, outcome: 'refused', ...this.refusal(error) };
    }
  }

  private requireRoom(): void {
    this.rowCount += 1;
    if (this.rowCount <= this.mostRows) return;
    const detail = `An import has at most ${this.mostRows} rows; no more of this one were read.`;
    const next = 'Send the other rows as another import, with a new Idempotency-Key.';
    this.ending = { status: 413, code: 'too-many-rows', detail, next };
    throw new RowFault('too-many-rows', detail, next);
  }

  private refusal(error: unknown): Partial<ImportedRow> {
    if (error instanceof RowFault)
      return { code: error.code, detail: error.message, ...(error.next !== undefined && { next: error.next }) };
    const { status, ...problem } = toProblem(error).problem;
    const pointer = problem.pointer ?? problem.errors?.[0]?.pointer;
    const refused = { ...problem, ...(pointer !== undefined && { pointer }) } as Partial<ImportedRow>;
    if (status < 500) return refused;
    this.endFor(error, { status, ...problem });
    return { ...refused, retry: true };
  }

  /** What stands in the way of this row stands in the way of the next ones too. */
  private endFor(error: unknown, { status, code, detail, next }: Ending): void {
    log.error({ err: error, code, remedy: 'repeat the import with the same key' }, 'import interrupted');
    this.ending ??= { status, code, detail, ...(next !== undefined && { next }) };
  }
}
