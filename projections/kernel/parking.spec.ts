import { customerList } from '../customer-list/customer-list.js';
import { auditTrail } from '../audit-trail/audit-trail.js';
import type { ReadModel } from './changes.js';
import { documentModel, logModel } from './changes.js';
import type { Fact, KnownEvent } from './event-types.js';
import { history } from './history.fixture.js';
import type { Letter } from './letter.js';
import { established, granted, removed } from './pair.fixture.js';
import type { Shelf } from './parking.js';
import { sortOut } from './parking.js';
import { shardOf } from './shard.js';

const CONTOSO = shardOf('contoso');
const PARTNERS = Array.from({ length: 50 }, (_, n) => `partner-${n}`);
const BESIDE = PARTNERS.find((id) => shardOf(id) === CONTOSO) ?? '';
const ELSEWHERE = PARTNERS.find((id) => shardOf(id) !== CONTOSO) ?? '';
const OUTAGE = new Error('nobody answers');
const fabrikam = { partnerId: 'contoso', customerId: 'fabrikam' };
const renamed: KnownEvent = {
  type: 'CustomerDetailsChanged',
  data: { customerId: 'adatum', name: 'Adatum Limited', domain: 'adatum.example', at: '2026-03-05T09:00:00.000Z' },
};
/** An event that lost something on its way. */
const damaged = (event: KnownEvent, ...fields: readonly string[]): KnownEvent => {
  const kept = Object.entries(event.data).filter(([field]) => !fields.includes(field));
  return { ...event, data: Object.fromEntries(kept) } as KnownEvent;
};
const STREAMS: Readonly<Record<string, string>> = {
  Relationship: 'relationship',
  DelegatedAdminPrivileges: 'privileges',
};
const streamOf = ({ type, data }: KnownEvent, ids: { partnerId?: string; customerId?: string }): string => {
  const { partnerId = 'contoso', customerId = 'adatum' } = ids;
  if (!('partnerId' in data)) return `customer-${customerId}`;
  return `${STREAMS[type.replace(/[A-Z][a-z]+$/, '')]}-${partnerId}~${customerId}`;
};
/** As the log holds them: a stream says whose it is although the event does not. */
const logged = (events: readonly KnownEvent[]): Fact[] =>
  history(events).map((fact) => ({ ...fact, stream: streamOf(fact.event, fact.event.data as object) }));

const given = (model: ReadModel, events: readonly KnownEvent[], over: Partial<Shelf> = {}) => {
  const facts = logged(events);
  const numbers = new Map(facts.map(({ position }, at) => [position.toString(), at + 1]));
  const shelf: Shelf = {
    ...{ model, shard: CONTOSO, letters: [], room: 10, isOutage: (error) => error === OUTAGE },
    read: async (keys) => keys.map(() => null),
    ...over,
  };
  return {
    /** Events by their number: those taken, those refused, those that wait as [which, for which]. */
    then: async (expected: { taken: number[]; refused: number[]; waiting: number[][]; overflow?: number }) => {
      const { taken, parked, overflow } = await sortOut(shelf, facts);
      const number = (position: bigint | string) => numbers.get(position.toString()) ?? 0;
      expect({
        taken: taken.map(({ position }) => number(position)),
        refused: parked.filter(({ behind }) => behind === null).map(({ fact }) => number(fact.position)),
        waiting: parked.flatMap(({ fact, behind }) => (behind ? [[number(fact.position), number(behind)]] : [])),
        ...(overflow && { overflow: number(overflow.fact.position) }),
      }).toEqual(expected);
    },
    sorted: () => sortOut(shelf, facts),
  };
};
const customers = documentModel(customerList);
const trail = logModel(auditTrail);
const letter: Letter = {
  ...{ position: '7', eventId: 'e', type: 'RelationshipEstablished', revision: '0', reason: 'TypeError', behind: null },
  ...{ stream: 'relationship-contoso~adatum', at: '', holds: ['stream relationship-contoso~adatum'] },
};

describe('events that a read model cannot take', () => {
  it('are none as long as it can take all', () =>
    given(customers, [established(), granted(), removed()]).then({ taken: [1, 2, 3], refused: [], waiting: [] }));

  it('wait with the later ones of their stream, while other customers go on', () =>
    given(customers, [damaged(established(), 'by'), established(fabrikam), removed(), removed(fabrikam)]).then({
      ...{ taken: [2, 4], refused: [1], waiting: [[3, 1]] },
    }));

  it('keep back what is in another stream about the same document', () =>
    given(customers, [damaged(established(), 'by'), granted(), renamed, granted(fabrikam)]).then({
      ...{
        taken: [4],
        refused: [1],
        waiting: [
          [2, 1],
          [3, 1],
        ],
      },
    }));

  it('keep back all of their customer when they do not say which document they are about', () =>
    given(customers, [damaged(established(), 'customerId', 'by'), granted(), renamed]).then({
      ...{
        taken: [],
        refused: [1],
        waiting: [
          [2, 1],
          [3, 1],
        ],
      },
    }));

  it('keep nothing back of another partner of the same customer, but for what concerns both', () => {
    const ofBoth = (partnerId: string) => established({ partnerId });
    return given(customers, [
      damaged(established(), 'by'),
      ofBoth(BESIDE),
      renamed,
      granted({ partnerId: BESIDE }),
    ]).then({
      ...{
        taken: [2],
        refused: [1],
        waiting: [
          [3, 1],
          [4, 1],
        ],
      },
    });
  });

  it('keep nothing back that another shard keeps', () =>
    given(customers, [damaged(established(), 'customerId', 'by'), established({ partnerId: ELSEWHERE })]).then({
      ...{ taken: [2], refused: [1], waiting: [] },
    }));

  it('let earlier ones of their own stream pass', () =>
    given(customers, [established(), damaged(established(), 'by'), removed()]).then({
      ...{ taken: [1], refused: [2], waiting: [[3, 2]] },
    }));

  it('are found one by one', () =>
    given(customers, [damaged(established(), 'by'), granted(fabrikam), damaged(established(fabrikam), 'by')]).then({
      ...{ taken: [2], refused: [1, 3], waiting: [] },
    }));

  it('keep nothing back where an entry depends on no other', () =>
    given(trail, [damaged(established(), 'by'), removed(), granted()]).then({
      ...{ taken: [2, 3], refused: [1], waiting: [] },
    }));

  it('are waited for by what comes in a later batch', () =>
    given(customers, [removed(), removed(fabrikam)], { letters: [letter] }).then({
      ...{ taken: [2], refused: [], waiting: [[1, 0]] },
    }));

  it('stop the shard before the one for which there is no room', () =>
    given(customers, [established(fabrikam), damaged(established(), 'by'), granted(fabrikam), removed()], {
      room: 1,
    }).then({
      ...{ taken: [1, 3], refused: [2], waiting: [], overflow: 4 },
    }));

  it('stop it at once where nothing may be put aside', () =>
    given(customers, [established(fabrikam), damaged(established(), 'by'), removed(fabrikam)], { room: 0 }).then({
      ...{ taken: [1], refused: [], waiting: [], overflow: 2 },
    }));

  it('are named with what went wrong, shortly', async () => {
    const { parked } = await given(customers, [damaged(established(), 'by')]).sorted();
    expect(parked[0]?.reason).toMatch(/^TypeError: /);
    expect(parked[0]?.reason?.length).toBeLessThanOrEqual(300);
  });

  it('are not blamed when the store does not answer', async () => {
    const read = () => Promise.reject(OUTAGE);
    await expect(given(customers, [established()], { read }).sorted()).rejects.toBe(OUTAGE);
  });

  it('are those that no upcast can read, in the read models that their type concerns', async () => {
    const [fact] = logged([established()]);
    const unread: Fact = { ...(fact as Fact), event: { ...established(), data: null as never }, fault: 'no data' };
    const shelf = { shard: CONTOSO, letters: [], room: 10, read: async () => [], isOutage: () => false };
    const { parked } = await sortOut({ ...shelf, model: customers }, [unread]);
    expect(parked).toMatchObject([{ reason: 'TypeError: its data cannot be read: no data' }]);
    const other = documentModel({ ...customerList, key: () => null });
    expect([customers.concerns(unread), other.concerns(unread)]).toEqual([true, false]);
  });
});
