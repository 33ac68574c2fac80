import { Rejection } from '../kernel/rejection.js';
import { EventStoreUnavailable } from '../platform/event-store/errors.js';
import type { ExistingCustomerRow } from './existing-customer.dto.js';
import type { RecordedRow } from './existing-customers.service.js';
import { ImportSession } from './import-session.service.js';

const rowOf = (n: number, changes: object = {}) =>
  JSON.stringify({ customerId: `c${n}`, name: 'C', domain: 'c.example', portal: 'azure-portal', ...changes });
async function* bodyOf(...lines: string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}
let position = 10n;
const established = async (): Promise<RecordedRow> => ({ outcome: 'established', position: (position += 1n) });

const answersTo = async (session: ImportSession, ...lines: string[]) => {
  let text = '';
  for await (const some of session.answers(bodyOf(...lines))) text += some;
  const answers = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { end: answers.pop(), rows: answers };
};

describe('An import', () => {
  it('answers each row and sums up, with the position that shows all of it (R4)', async () => {
    const outcomes = [
      { outcome: 'established', position: 9n },
      { outcome: 'already-there', position: 7n },
    ] as const;
    const left: RecordedRow[] = [...outcomes];
    const session = new ImportSession(async () => left.shift() as RecordedRow);
    expect(await answersTo(session, rowOf(1), rowOf(2))).toEqual({
      rows: [
        { row: 1, customerId: 'c1', outcome: 'established', position: '9' },
        { row: 2, customerId: 'c2', outcome: 'already-there', position: '7' },
      ],
      end: { summary: { established: 1, alreadyThere: 1, refused: 0, position: '9' } },
    });
  });

  it('refuses by its rule a row that the domain refuses, and goes on (D5)', async () => {
    const removed = new Rejection('conflict', 'relationship-already-removed', 'It was removed.', { rule: 'D5' });
    const record = async ({ customerId }: ExistingCustomerRow) =>
      customerId === 'c1' ? Promise.reject(removed) : established();
    const { rows } = await answersTo(new ImportSession(record), rowOf(1), rowOf(2));
    expect(rows[0]).toEqual({
      row: 1,
      customerId: 'c1',
      outcome: 'refused',
      code: 'relationship-already-removed',
      detail: 'It was removed.',
      rule: 'D5',
    });
    expect(rows[1].outcome).toBe('established');
  });

  it.each([
    ['2021-03-01', '2021-03-01T00:00:00.000Z'],
    ['2021-03-01T10:00:00+02:00', '2021-03-01T08:00:00.000Z'],
    [null, undefined],
  ])('takes since when the portal shows it: %s (R4)', async (since, moment) => {
    const seen: ExistingCustomerRow[] = [];
    const session = new ImportSession(async (row) => (seen.push(row), established()));
    await answersTo(session, rowOf(1, { since }));
    expect(seen[0]?.since?.toISOString()).toBe(moment);
  });

  it.each(['2021-02-30x', '2999-01-01', '1969-12-31', 'yesterday', 5, {}])(
    'refuses since when it cannot have been: %j (R4)',
    async (since) => {
      const { rows } = await answersTo(new ImportSession(established), rowOf(1, { since }));
      expect(rows[0]).toMatchObject({ outcome: 'refused', pointer: '/since' });
    },
  );

  it('names every field that is wrong, the first one as the pointer', async () => {
    const { rows } = await answersTo(new ImportSession(established), '{"name":"C","domain":"c.example"}');
    const pointers = rows[0].errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.toSorted()).toEqual(['/customerId', '/portal']);
    expect(rows[0].pointer).toBe(pointers[0]);
  });

  it('ends with a clear line at too many rows; what came before stands', async () => {
    const session = new ImportSession(established, 2);
    const { rows, end } = await answersTo(session, rowOf(1), '', rowOf(2), rowOf(3), rowOf(4));
    expect(rows.map(({ outcome, code }) => code ?? outcome)).toEqual(['established', 'established', 'too-many-rows']);
    expect(end.problem).toMatchObject({ status: 413, code: 'too-many-rows', next: expect.stringContaining('new') });
    expect(end.summary).toMatchObject({ established: 2, refused: 1 });
  });

  it('ends when the event store does not answer: its row may be repeated, and no more are read (D7)', async () => {
    const unavailable = new EventStoreUnavailable('append', new Error('no answer'));
    const session = new ImportSession(async (row) =>
      row.customerId === 'c2' ? Promise.reject(unavailable) : established(),
    );
    const { rows, end } = await answersTo(session, ...Array.from({ length: 500 }, (_, n) => rowOf(n)));
    expect(rows.length).toBeLessThan(500);
    expect(rows[2]).toMatchObject({ outcome: 'refused', code: 'event-store-unavailable', retry: true });
    expect(end.problem).toMatchObject({ status: 503, code: 'event-store-unavailable' });
    expect(end.problem.next).toContain('same Idempotency-Key');
  });
});
