import { readFileSync } from 'node:fs';
import { ANY, jsonEvent } from '@eventstore/db-client';
import { waitFor } from '../support/wait.js';
import type { Stage } from './stage.fixture.js';
import { CUSTOMER, ENROLMENT, openStage } from './stage.fixture.js';

interface Recorded {
  readonly type: string;
  readonly data: { partnerId: string; customerId: string };
  readonly metadata: object;
}
const fixture = new URL('../fixtures/histories/relationship-version-1.json', import.meta.url);
const [established] = (JSON.parse(readFileSync(fixture, 'utf8')) as { events: Recorded[] }).events as [Recorded];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.partner.post('/v1/partners/contoso/enrol', ENROLMENT);
});
afterAll(() => stage.close());

/** Puts the recorded event into the log as if it were contoso's; gives its position. */
const record = async (customerId: string, changes: object = {}): Promise<string> => {
  const { type, data, metadata } = established;
  const event = jsonEvent({
    type,
    data: { ...data, partnerId: 'contoso', customerId },
    metadata: { ...metadata, ...changes },
  });
  const { position } = await stage.store.appendToStream(`relationship-contoso~${customerId}`, event as never, {
    expectedRevision: ANY,
  });
  return `${position?.commit}`;
};
const remove = async (customerId: string) => {
  const attestation = (await stage.partner.get('/v1/attestations/current')).body;
  const notice = { required: false, to: null, given: false };
  const body = { reason: 'The contract has ended', attestation, notice };
  return stage.partner.post(`/v1/partners/contoso/customers/${customerId}/removal`, body);
};

describe('A log that an earlier release began', () => {
  it('is listed, decided upon and continued', async () => {
    const position = await record('adatum');
    const { items } = (await stage.partner.get(`/v1/partners/contoso/customers?minPosition=${position}`)).body;
    expect(items).toMatchObject([{ customerId: 'adatum', role: 'reseller' }]);
    expect((await remove('adatum')).body).toMatchObject({ decided: ['RelationshipRemoved'], revision: '1' });
  });

  it('goes on in the present version', async () => {
    const { path, secret } = await stage.invite();
    await stage.customer.post(`${path}/accept`, { secret, customer: CUSTOMER, privileges: 'refuse' });
    const [fresh] = await stage.stream('relationship-contoso~fabrikam');
    expect(fresh).toMatchObject({ data: { by: { kind: 'invitation' } }, metadata: { schemaVersion: 2 } });
  });
});

/** This stays last: the read models wait before what they cannot read. */
describe('An event of a newer release', () => {
  it('is refused by commands and waited for by read models, naming type and version', async () => {
    const before = await record('wingtip', { schemaVersion: 3 });
    const answer = await remove('wingtip');
    expect([answer.status, answer.body.code]).toEqual([503, 'schema-version-unknown']);
    expect(answer.body.detail).toContain('RelationshipEstablished is recorded in schema version 3');
    expect(await stage.stream('relationship-contoso~wingtip')).toHaveLength(1);
    await waitFor(() => stage.serviceLog().includes('RelationshipEstablished is recorded in schema version 3'));
    const list = await stage.partner.get(`/v1/partners/contoso/customers?minPosition=${before}`);
    expect(list.status).toBe(503);
  });
});
