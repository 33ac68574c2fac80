import type { KnownEvent } from '../kernel/event-types.js';
import { given } from '../kernel/given.fixture.js';
import { T0, day, eventId } from '../kernel/history.fixture.js';
import { invitationEvents } from '../kernel/invitation.fixture.js';
import { member } from '../kernel/member.js';
import { established, granted, removed, revoked } from '../kernel/pair.fixture.js';
import { customerList } from './customer-list.js';
import type { CustomerRecord } from './customer-record.js';

const KEY = 'customers/adatum';
const customer = { name: 'Adatum Corporation', domain: 'adatum.example' };
const relationship = {
  role: 'reseller',
  source: 'invitation',
  origin: 'own-marketing',
  since: T0,
  removedAt: null,
} as const;
const byName = (id: string, name: string, kind = 'ro') => kind + member(name, id);
const since = (at: string, id: string, kind = 'ro') => kind + member(Date.parse(at).toString(36).padStart(9, '0'), id);
const details = (name: string, domain: string): KnownEvent => ({
  type: 'CustomerDetailsChanged',
  data: { customerId: 'adatum', name, domain, at: day(5) },
});

/** The records of contoso's customer adatum, and the lists without the words. */
const spec = (...events: readonly KnownEvent[]) => {
  const { then, thenListed } = given(
    {
      ...customerList,
      entries: (doc, key) => customerList.entries(doc, key).filter(({ index }) => !/^word/.test(index)),
    },
    events,
  );
  return {
    then: (record: CustomerRecord) => then({ [KEY]: new Map([['contoso', record]]) }),
    thenListed,
  };
};

describe('customer-list', () => {
  it('R14: no invitation brings a customer into the list, not even an accepted one', () =>
    given(customerList, invitationEvents).then({}));

  it('R14, C5: the established relationship brings the customer into its partner’s list', async () => {
    const listed = spec(established());
    await listed.then({ customer, relationship, privileges: null });
    await listed.thenListed({
      'name:contoso': [byName('adatum', 'adatum corporation')],
      'since:contoso': [since(T0, 'adatum')],
    });
  });

  it('R4, C5: an imported customer is in the same list, with its portal and since when that shows it', async () => {
    const by = { kind: 'portal', portal: 'azure-portal', since: '2020-05-01T00:00:00.000Z' } as const;
    const imported = { role: 'reseller', source: 'azure-portal', origin: null, removedAt: null } as const;
    await spec(established({ origin: null, by })).then({
      customer,
      relationship: { ...imported, since: by.since },
      privileges: null,
    });
    await spec(established({ origin: null, by: { ...by, since: null } })).then({
      customer,
      relationship: { ...imported, since: T0 },
      privileges: null,
    });
  });

  it('C5, D2: the lists of two partners of one customer are apart', () =>
    spec(
      established(),
      established({ partnerId: 'fabrikam', role: 'provider', at: day(1) }),
      removed({ at: day(2) }),
    ).thenListed({
      'name:fabrikam': [byName('adatum', 'adatum corporation', 'po')],
      'since:fabrikam': [since(day(1), 'adatum', 'po')],
    }));

  it('R24: the removal takes the customer out of the list; the record stays', async () => {
    const listed = spec(established(), removed());
    await listed.then({ customer, relationship: { ...relationship, removedAt: day(10) }, privileges: null });
    await listed.thenListed({});
  });

  it('R25: privileges stand in the record as before the removal, with the event they rest on (D3)', () =>
    spec(established(), granted(), removed()).then({
      customer,
      relationship: { ...relationship, removedAt: day(10) },
      privileges: { since: T0, revokedAt: null, basis: eventId(2) },
    }));

  it('D3: only a recorded revocation ends privileges', () =>
    spec(established(), granted(), revoked()).then({
      customer,
      relationship,
      privileges: { since: T0, revokedAt: day(20), basis: eventId(3) },
    }));

  it('D5: after a removal a new relationship starts afresh, under the name it then has', async () => {
    const renamed = { name: 'Bdatum', domain: 'b.example' };
    const again = established({ at: day(30), customer: renamed, by: { kind: 'invitation', invitationId: 'i-2' } });
    const listed = spec(established(), removed(), again);
    await listed.then({ customer: renamed, relationship: { ...relationship, since: day(30) }, privileges: null });
    await listed.thenListed({
      'name:contoso': [byName('adatum', 'bdatum')],
      'since:contoso': [since(day(30), 'adatum')],
    });
  });

  it('sorts names whatever their case and accents, and equal names by id', () =>
    spec(
      established({ customerId: 'c2', customer: { name: 'ALPHA', domain: 'x.example' } }),
      established({ customerId: 'c3', customer: { name: 'beta', domain: 'x.example' } }),
      established({ customerId: 'c1', customer: { name: 'álpha', domain: 'x.example' } }),
    ).thenListed({
      'name:contoso': [byName('c1', 'alpha'), byName('c2', 'alpha'), byName('c3', 'beta')],
      'since:contoso': [since(T0, 'c1'), since(T0, 'c2'), since(T0, 'c3')],
    }));

  it('keeps records of many partners apart, whatever is missing in each', () =>
    given(customerList, [
      granted({ partnerId: 'tailspin' }),
      established(),
      established({ partnerId: 'fabrikam', customer: { name: 'A\tB % C', domain: 'a.example' } }),
    ]).then({
      [KEY]: new Map<string, CustomerRecord>([
        [
          'tailspin',
          { customer: null, relationship: null, privileges: { since: T0, revokedAt: null, basis: eventId(1) } },
        ],
        ['contoso', { customer, relationship, privileges: null }],
        ['fabrikam', { customer: { name: 'A\tB % C', domain: 'a.example' }, relationship, privileges: null }],
      ]),
    }));
});

describe('customer-list, when the customer changes its name', () => {
  const events = [established(), established({ partnerId: 'fabrikam' }), removed(), details('Zeta', 'zeta.example')];

  it('C5: every partner’s list sorts and finds it by the new one, and no longer by the old', () =>
    given(customerList, events).thenListed({
      'name:fabrikam': [byName('adatum', 'zeta')],
      'since:fabrikam': [since(T0, 'adatum')],
      'word:fabrikam': [member('zeta.example', 'adatum')],
    }));

  it('C5: the record of a removed relationship says it too; one that comes later says what it was accepted under', () =>
    spec(established(), removed(), details('Zeta', 'zeta.example')).then({
      customer: { name: 'Zeta', domain: 'zeta.example' },
      relationship: { ...relationship, removedAt: day(10) },
      privileges: null,
    }));

  it('R14: nobody’s list gains it by that', () => given(customerList, [details('Zeta', 'zeta.example')]).then({}));
});
