import { randomUUID } from 'node:crypto';
import { BACKWARDS, END, NO_STREAM, StreamNotFoundError, jsonEvent } from '@eventstore/db-client';
import { currentAttestation } from '../../src/relationships/attestation.js';
import { waitFor } from '../support/wait.js';
import type { Logged } from './service/fold.js';
import { World } from './service/world.js';

const CUSTOMER = { name: 'Fabrikam', domain: 'fabrikam.example' };
const LIST = '/v1/partners/contoso/customers/fabrikam';
const CHECKPOINT = 'checkpoint-acceptance-workflow';

let world: World;
beforeEach(async () => {
  world = await World.open();
  await world.start();
  const contoso = await world.partner('contoso');
  await contoso.post('/v1/partners/contoso/enrol', { name: 'Contoso', kind: 'indirect-reseller' });
});
afterEach(() => world.close());

const accept = async () => {
  const contact = { name: 'Ana', email: 'ana@fabrikam.example' };
  const asked = { contact, origin: 'own-marketing', done: true };
  const { invitation, draft } = (await (await world.partner('contoso')).post('/v1/partners/contoso/invitations', asked))
    .body;
  const body = { secret: draft.link.split('#')[1], customer: CUSTOMER, privileges: 'grant' };
  const answer = await (
    await world.customer('fabrikam')
  ).post(`/v1/invitations/${invitation.invitationId}/accept`, body);
  expect(answer.status).toBe(200);
};
const remove = async () => {
  const notice = { required: false, to: null, given: false };
  const body = { reason: 'Contract ended', attestation: currentAttestation(), notice };
  expect((await (await world.partner('contoso')).post(`${LIST}/removal`, body)).status).toBe(200);
};
const revoke = async () => {
  const path = '/v1/customers/fabrikam/partners/contoso/privileges/revocation';
  expect((await (await world.customer('fabrikam')).post(path)).status).toBe(200);
};
const lastAcceptance = (log: readonly Logged[]) => log.findLast(({ type }) => type === 'InvitationAccepted') as Logged;

/** As a customer leaves it that accepts two invitations at once, each in another process. */
const acceptAnother = async () => {
  const { type, data, metadata } = lastAcceptance(await world.log());
  const invitationId = randomUUID();
  const event = jsonEvent({
    type,
    data: { ...data, invitationId },
    metadata: { ...metadata, commandId: randomUUID() },
  });
  await world.store.appendToStream(`invitation-${invitationId}`, event, { expectedRevision: NO_STREAM });
};

const followedUpTo = async (): Promise<bigint> => {
  const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
  let position = 0n;
  try {
    for await (const { event } of world.store.readStream(CHECKPOINT, options))
      position = BigInt((event?.data as { position: string }).position);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return position;
};

/** kill -9, and the same log again once every acceptance has been followed anew. */
const expectNothingNew = async () => {
  const before = await world.log();
  await world.restart();
  const last = lastAcceptance(before).position;
  await waitFor(async () => (await followedUpTo()) >= last, { what: 'every acceptance is followed' });
  expect((await world.log()).map(({ stream, type }) => `${type} in ${stream}`)).toEqual(
    before.map(({ stream, type }) => `${type} in ${stream}`),
  );
};

describe('An acceptance that is followed again after kill -9', () => {
  it('grants nothing that the customer has revoked since, though its own grant had found nothing to do (D3)', async () => {
    await accept();
    await remove();
    await accept();
    await revoke();
    await remove();
    await expectNothingNew();
    const { administer } = (await (await world.partner('contoso')).get(`${LIST}/permissions`)).body;
    expect(administer).toMatchObject({ allowed: false });
  });

  it('establishes nothing that was removed since, though another had established it (D1)', async () => {
    await accept();
    await acceptAnother();
    await remove();
    await expectNothingNew();
  });

  it('is carried out all the same when it came after the removal and after the revocation (D5)', async () => {
    await accept();
    await remove();
    await revoke();
    await world.kill();
    await acceptAnother();
    await world.start();
    await waitFor(async () => (await world.log()).filter(({ type }) => type.endsWith('Granted')).length === 2);
    expect((await world.log()).filter(({ type }) => type === 'RelationshipEstablished')).toHaveLength(2);
  });
});
