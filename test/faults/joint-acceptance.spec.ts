import { ANY, jsonEvent } from '@eventstore/db-client';
import { waitFor } from '../support/wait.js';
import type { Logged } from './service/fold.js';
import { World } from './service/world.js';

const CUSTOMER = { name: 'Fabrikam', domain: 'fabrikam.example' };
const RESELLER = 'relationship-contoso~fabrikam';
const PROVIDER = 'relationship-northwind~fabrikam';

/** A joint invitation accepted for both, carried out whole: the log as it should end up. */
const playOnce = async (): Promise<Logged[]> => {
  const world = await World.open();
  try {
    await world.start();
    const [reseller, provider] = [await world.partner('contoso'), await world.partner('northwind')];
    await reseller.post('/v1/partners/contoso/enrol', { name: 'Contoso', kind: 'indirect-reseller' });
    await provider.post('/v1/partners/northwind/enrol', { name: 'Northwind', kind: 'indirect-provider' });
    await reseller.post('/v1/partners/contoso/providers/northwind/connect');
    const contact = { name: 'Ana', email: 'ana@fabrikam.example' };
    const asked = { contact, origin: 'own-marketing', providerId: 'northwind', done: true };
    const { invitation, draft } = (await reseller.post('/v1/partners/contoso/invitations', asked)).body;
    const body = { secret: draft.link.split('#')[1], customer: CUSTOMER, privileges: 'grant' };
    await (await world.customer('fabrikam')).post(`/v1/invitations/${invitation.invitationId}/accept`, body);
    return await world.log();
  } finally {
    await world.close();
  }
};

let whole: Logged[];
let accepted: number;
beforeAll(async () => {
  whole = await playOnce();
  accepted = whole.findIndex(({ type }) => type === 'InvitationAccepted') + 1;
});

/** The log as a crash has left it: each event as it was, and of those that followed the acceptance only these. */
const leaveOff = async (world: World, followed: readonly number[]): Promise<void> => {
  const left = [...whole.slice(0, accepted), ...whole.slice(accepted).filter((_, n) => followed.includes(n))];
  for (const { id, type, stream, data, metadata } of left) {
    const event = jsonEvent({ id, type, data, metadata: metadata as never });
    await world.store.appendToStream(stream, event, { expectedRevision: ANY });
  }
};

const STEPS = ['the customer', 'the reseller’s relationship', 'the privileges', 'the provider’s relationship'];
/** The steps go out together, so that a crash may leave any of them and none of the others. */
const LEFT = Array.from({ length: 2 ** STEPS.length }, (_, bits) => [0, 1, 2, 3].filter((n) => bits & (1 << n)));
const told = (followed: readonly number[]) => followed.map((n) => STEPS[n]).join(', ') || 'nothing but the acceptance';

const outline = (log: readonly Logged[]) => log.map(({ stream, type, id }) => `${stream} ${type} ${id}`).sort();

describe('A joint acceptance whose service was killed (D1)', () => {
  it('consists of one event and what follows from it', () => {
    expect(whole.slice(accepted).map(({ stream, type }) => `${type} in ${stream}`)).toEqual([
      'CustomerRegistered in customer-fabrikam',
      `RelationshipEstablished in ${RESELLER}`,
      'DelegatedAdminPrivilegesGranted in privileges-contoso~fabrikam',
      `RelationshipEstablished in ${PROVIDER}`,
    ]);
  });

  it.each(LEFT.map((followed) => [told(followed), followed] as const))(
    'and has left %s, comes to exactly two relationships at the next start, and the start after that',
    async (_, followed) => {
      const world = await World.open();
      try {
        await leaveOff(world, followed);
        for (const start of ['first', 'second']) {
          await world.start();
          const stands = async () => (await world.log()).length >= whole.length;
          await waitFor(stands, { what: `everything follows at the ${start} start` });
          await world.kill();
        }
        const log = await world.log();
        expect(outline(log)).toEqual(outline(whole));
        expect(log.filter(({ type }) => type === 'RelationshipEstablished')).toHaveLength(2);
      } finally {
        await world.close();
      }
    },
  );
});
