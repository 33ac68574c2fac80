import type { Stage } from './stage.fixture.js';
import { ENROLMENT, openStage } from './stage.fixture.js';
import { importRows, importing, numbers, rowOf, toBody } from './import.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

describe('An import that is repeated', () => {
  const rows = numbers(20).map((n) => rowOf(n));

  it('with the same key gives the first answers again and records nothing (D7)', async () => {
    const first = await importRows(stage, rows, 'monday');
    const events = await stage.wholeLog();
    expect(await importRows(stage, rows, 'monday')).toEqual(first);
    expect(first.end.summary).toMatchObject({ established: 20 });
    expect(await stage.wholeLog()).toBe(events);
  });

  it('with another key finds everything there already (D7)', async () => {
    const { end } = await importRows(stage, rows, 'tuesday');
    expect(end.summary).toMatchObject({ established: 0, alreadyThere: 20, refused: 0 });
  });

  it('with the same key and another row for a customer refuses that row (D7)', async () => {
    const changed = rows.map((row, n) => (n === 7 ? { ...row, portal: 'office-365-admin-center' } : row));
    const { rows: answers, end } = await importRows(stage, changed, 'monday');
    expect(end.summary).toMatchObject({ established: 19, refused: 1 });
    expect(answers[7]).toMatchObject({ outcome: 'refused', code: 'idempotency-key-reused', rule: 'D7' });
    const [established] = await stage.stream('relationship-contoso~customer-7');
    expect(established?.data).toMatchObject({ by: { portal: 'azure-portal' } });
  });

  it('is another’s when somebody else repeats it under the same key (D7)', async () => {
    const { end } = await importRows(stage, rows, 'monday', 'contoso', { sub: 'carl' });
    expect(end.summary).toMatchObject({ established: 0, alreadyThere: 20 });
  });

  it('within itself answers a row that comes twice as the repetition that it is (D7)', async () => {
    const twice = [rowOf('x'), rowOf('x'), rowOf('x', { name: 'Otherwise' })];
    const { rows: answers } = await importRows(stage, twice);
    expect(answers.map(({ outcome, code }) => code ?? outcome)).toEqual([
      'established',
      'established',
      'idempotency-key-reused',
    ]);
    expect(await stage.stream('relationship-contoso~customer-x')).toHaveLength(1);
  });
});

describe('An import whose connection broke', () => {
  const rows = numbers(3_000).map((n) => rowOf(`broken-${n}`));

  it('is completed by repeating it: nothing is doubled, and every row is answered (R4, D7)', async () => {
    const before = await stage.eventCount();
    const broken = await importing(stage, 'broken');
    await broken.send(toBody(rows.slice(0, 2_000)));
    let answered = 0;
    for await (const answer of broken.answers()) {
      expect(answer.outcome).toBe('established');
      if ((answered += 1) === 500) break;
    }

    const { rows: answers, end } = await importRows(stage, rows, 'broken');
    expect(answers.map(({ customerId }) => customerId)).toEqual(rows.map(({ customerId }) => customerId));
    expect(end.summary).toMatchObject({ established: 3_000, alreadyThere: 0, refused: 0 });
    expect(await stage.eventCount()).toBe(before + 2 * rows.length);
  }, 90_000);
});
