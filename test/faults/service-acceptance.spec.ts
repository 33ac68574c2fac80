import { randomUUID } from 'node:crypto';
import { START } from '@eventstore/db-client';
import { waitFor } from '../support/wait.js';
import { World } from './service/world.fixture.js';

const ROUNDS = Math.ceil(Number(process.env['FAULT_ROUNDS'] ?? 20) / 4);
const AT = '2026-06-01T09:00:00.000Z';
const CUSTOMER = { name: 'Fabrikam', domain: 'fabrikam.example' };

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const typesOf = async (...streams: string[]): Promise<string[]> =>
  (await world.log()).filter(({ stream }) => streams.includes(stream)).map(({ type }) => type);

/** What follows from one acceptance by fabrikam of contoso's invitation. */
const FOLLOWS = ['customer-fabrikam', 'relationship-contoso~fabrikam', 'privileges-contoso~fabrikam'];
const ONCE = ['CustomerRegistered', 'RelationshipEstablished', 'DelegatedAdminPrivilegesGranted'];

const followed = () => waitFor(async () => (await typesOf(...FOLLOWS)).length >= ONCE.length, { what: 'it follows' });

/** Resolves when the log holds an acceptance of this invitation. */
const accepted = async (invitationId: string): Promise<void> => {
  const subscription = world.store.subscribeToStream(`invitation-${invitationId}`, { fromRevision: START });
  for await (const { event } of subscription) if (event?.type === 'InvitationAccepted') break;
  await subscription.unsubscribe();
};

describe('What follows from an acceptance (D1)', () => {
  it('is done by the next start when the service died right after it, and once however often it starts', async () => {
    const invitationId = randomUUID();
    const of = { invitationId, partnerIds: ['contoso'], at: AT };
    const parties = [{ partnerId: 'contoso', role: 'reseller' }];
    await world.write(`invitation-${invitationId}`, [
      [
        'InvitationDrafted',
        {
          ...of,
          requestedBy: 'contoso',
          parties,
          contact: { name: 'Ana Souza', email: 'ana.souza@fabrikam.example' },
          origin: 'own-marketing',
          privilegesRequested: true,
          validForDays: 30,
          locale: 'en',
          draft: { subject: 'Hello', text: '{{invitation-link}}' },
          link: { issue: 1, keyId: 'test', secretSha256: '0'.repeat(64) },
        },
      ],
      ['InvitationSent', { ...of, expiresAt: '2026-07-01T09:00:00.000Z' }],
      [
        'InvitationAccepted',
        {
          ...of,
          customerId: 'fabrikam',
          customer: CUSTOMER,
          origin: 'own-marketing',
          outcomes: [{ partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'granted' }],
        },
      ],
    ]);
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
      await world.start();
      await followed();
      await world.kill(signal);
      expect(await typesOf(...FOLLOWS)).toEqual(ONCE);
    }
  });

  it(`is done once though the service is killed at the very moment, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [partnerId, customerId] = [`partner-${round}`, `customer-${round}`];
      await world.start();
      const partner = await world.partner(partnerId);
      await partner.post(`/v1/partners/${partnerId}/enrol`, { name: 'Contoso', kind: 'indirect-reseller' });
      const contact = { name: 'Ana Souza', email: 'ana.souza@fabrikam.example' };
      const asked = { contact, origin: 'own-marketing', done: true };
      const { invitation, draft } = (await partner.post(`/v1/partners/${partnerId}/invitations`, asked)).body;
      const body = { secret: draft.link.split('#')[1], customer: CUSTOMER, privileges: 'grant' };
      const path = `/v1/invitations/${invitation.invitationId}/accept`;
      const written = accepted(invitation.invitationId);
      const customer = await world.customer(customerId);
      const lost = customer.post(path, body, { 'idempotency-key': 'accept' }).catch(() => null);
      await written;
      await world.kill();
      await lost;
      await world.start();
      const again = await (await world.customer(customerId)).post(path, body, { 'idempotency-key': 'accept' });
      expect(again.body).toMatchObject({ decided: ['InvitationAccepted'], relationships: 'established' });
      const pair = `${partnerId}~${customerId}`;
      const types = await typesOf(`customer-${customerId}`, `relationship-${pair}`, `privileges-${pair}`);
      expect(types).toEqual(ONCE);
      await world.kill('SIGTERM');
    }
  }, 60_000);
});
