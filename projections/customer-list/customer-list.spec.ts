import { given } from '../kernel/given.fixture.js';
import { T0, day, eventId } from '../kernel/history.fixture.js';
import { invitationEvents } from '../kernel/invitation.fixture.js';
import { member } from '../kernel/member.js';
import { established, granted, removed, revoked } from '../kernel/pair.fixture.js';
import { customerList } from './customer-list.js';

const KEY = 'contoso/adatum';
const customer = { name: 'Adatum Corporation', domain: 'adatum.example' };
const relationship = {
  role: 'reseller',
  origin: 'own-marketing',
  since: T0,
  removedAt: null,
} as const;
const byName = (id: string, name: string) => member(name, id);
const since = (at: string, id: string) => member(Date.parse(at).toString(36).padStart(9, '0'), id);

describe('customer-list', () => {
  it('R14: no invitation brings a customer into the list, not even an accepted one', () =>
    given(customerList, invitationEvents).then({}));

  it('R14, C5: the established relationship brings the customer into its partner’s list', async () => {
    const spec = given(customerList, [established()]);
    await spec.then({ [KEY]: { customer, relationship, privileges: null } });
    await spec.thenListed({
      'name:contoso': [byName('adatum', 'adatum corporation')],
      'since:contoso': [since(T0, 'adatum')],
    });
  });

  it('C5, D2: the lists of two partners of one customer are apart', () =>
    given(customerList, [
      established(),
      established({ partnerId: 'fabrikam', role: 'provider', at: day(1) }),
      removed({ at: day(2) }),
    ]).thenListed({
      'name:fabrikam': [byName('adatum', 'adatum corporation')],
      'since:fabrikam': [since(day(1), 'adatum')],
    }));

  it('R24: the removal takes the customer out of the list; the record stays', async () => {
    const spec = given(customerList, [established(), removed()]);
    await spec.then({ [KEY]: { customer, relationship: { ...relationship, removedAt: day(10) }, privileges: null } });
    await spec.thenListed({});
  });

  it('R25: privileges stand in the record as before the removal, with the event they rest on (D3)', () =>
    given(customerList, [established(), granted(), removed()]).then({
      [KEY]: {
        customer,
        relationship: { ...relationship, removedAt: day(10) },
        privileges: { since: T0, revokedAt: null, basis: eventId(2) },
      },
    }));

  it('D3: only a recorded revocation ends privileges', () =>
    given(customerList, [established(), granted(), revoked()]).then({
      [KEY]: { customer, relationship, privileges: { since: T0, revokedAt: day(20), basis: eventId(3) } },
    }));

  it('D5: after a removal a new relationship starts afresh, under the name it then has', async () => {
    const renamed = { name: 'Bdatum', domain: 'b.example' };
    const again = established({ at: day(30), customer: renamed, by: { kind: 'invitation', invitationId: 'i-2' } });
    const spec = given(customerList, [established(), removed(), again]);
    await spec.then({
      [KEY]: {
        customer: renamed,
        relationship: { ...relationship, since: day(30) },
        privileges: null,
      },
    });
    await spec.thenListed({
      'name:contoso': [byName('adatum', 'bdatum')],
      'since:contoso': [since(day(30), 'adatum')],
    });
  });

  it('sorts names whatever their case, and equal names by id', () =>
    given(customerList, [
      established({ customerId: 'c2', customer: { name: 'ALPHA', domain: 'x.example' } }),
      established({ customerId: 'c3', customer: { name: 'beta', domain: 'x.example' } }),
      established({ customerId: 'c1', customer: { name: 'alpha', domain: 'x.example' } }),
    ]).thenListed({
      'name:contoso': [byName('c1', 'alpha'), byName('c2', 'alpha'), byName('c3', 'beta')],
      'since:contoso': [since(T0, 'c1'), since(T0, 'c2'), since(T0, 'c3')],
    }));
});
