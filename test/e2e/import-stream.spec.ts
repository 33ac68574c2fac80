import { readFileSync } from 'node:fs';
import { waitFor } from '../support/wait.js';
import type { Stage } from './stage.fixture.js';
import { ENROLMENT, openStage } from './stage.fixture.js';
import { importing, rowOf, toBody } from './import.fixture.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

const IMPORT = '/v1/partners/contoso/customers/import';
const WRONG = '{"customerId":"c","name":"","domain":"","portal":""}\n';
const memoryMiB = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${stage.running.pid}/status`, 'utf8'))?.[1]) / 1_024;

describe('An import is streamed', () => {
  it('both ways at once: a row is answered before the next one is sent (R4)', async () => {
    const exchange = await importing(stage);
    const answers = exchange.answers();
    for (const n of [1, 2, 3]) {
      await exchange.send(toBody([rowOf(n)]));
      expect((await answers.next()).value).toMatchObject({ row: n, outcome: 'established' });
    }
    exchange.end();
    expect((await answers.next()).value.summary).toMatchObject({ established: 3 });
  });

  it('in constant memory', async () => {
    const exchange = await importing(stage);
    const answers = exchange.answers();
    const through = async (rows: number) => {
      const sent = exchange.send(WRONG.repeat(rows));
      for (let row = 0; row < rows; row += 1) await answers.next();
      await sent;
    };
    await through(10_000);
    const before = memoryMiB();
    for (let part = 0; part < 6; part += 1) await through(10_000);
    expect(memoryMiB() - before).toBeLessThan(64);
    exchange.end();
    expect((await answers.next()).value.summary).toMatchObject({ refused: 70_000 });
  }, 90_000);

  it('no faster than its answers are read: a reader that stops stops the import', async () => {
    const exchange = await importing(stage);
    const PART = 2_000;
    const parts = Array.from({ length: 60 }, (_, n) => WRONG.repeat(PART) + toBody([rowOf(`part-${n}`)]));
    const sending = (async () => {
      for (const part of parts) await exchange.send(part);
      exchange.end();
    })();
    const imported = async () => await stage.eventCount();
    let last = -1;
    let still = 0;
    const standsStill = async () => {
      const now = await imported();
      still = now === last ? still + 1 : 0;
      last = now;
      return still > 40;
    };
    const before = await imported();
    await waitFor(standsStill, { ms: 60_000, what: 'the import stands still' });
    expect(last - before).toBeGreaterThan(0);
    expect(last - before).toBeLessThan(2 * parts.length);

    let end;
    for await (const answer of exchange.answers()) end = answer;
    await sending;
    expect(end.summary).toMatchObject({ established: parts.length, refused: PART * parts.length });
  }, 120_000);
});

describe('What is no import', () => {
  const rows = toBody([rowOf('no')]);
  const NDJSON = 'application/x-ndjson';

  /** Sends this, as the partner's admin agent unless other claims are given; `type` is the body's. */
  const send = async ({ path = IMPORT, key = 'a-key', type = NDJSON, body = rows, claims = {} } = {}) => {
    const authorization = `Bearer ${await stage.token(claims)}`;
    const headers = { authorization, 'idempotency-key': key, 'content-type': type };
    const response = await fetch(stage.url + path, { method: 'POST', headers, body });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  it('is refused without an Idempotency-Key (D7)', async () => {
    const { status, body } = await send({ key: '' });
    expect([status, body.errors[0].pointer]).toEqual([400, 'Idempotency-Key']);
  });

  it('is refused when it is not NDJSON', async () => {
    const { status, body } = await send({ type: 'application/json', body: '{}' });
    expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
    expect((await stage.partner.post(IMPORT)).status).toBe(415);
  });

  it('is refused by every other route, which takes no NDJSON', async () => {
    const { status, body } = await send({ path: '/v1/partners/contoso/enrol' });
    expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
  });

  it('is refused before any row is read, when the partner is not enrolled (R2)', async () => {
    const of = { path: '/v1/partners/nobody/customers/import', claims: { partner_id: 'nobody' } };
    const { status, body } = await send(of);
    expect([status, body.code]).toEqual([409, 'partner-not-enrolled']);
    await expect(stage.stream('customer-customer-no')).rejects.toThrow('not found');
  });

  it.each([
    ['a partner’s other people (R1)', { role: 'partner-helpdesk-agent' }, 403],
    ['another partner', { partner_id: 'tailspin' }, 404],
    ['an auditor', { role: 'auditor', partner_id: undefined }, 403],
    ['a customer', { role: 'customer-global-admin', partner_id: undefined, customer_id: 'fabrikam' }, 403],
  ])('is that of %s', async (_, claims, status) => {
    expect((await send({ claims })).status).toBe(status);
  });
});
