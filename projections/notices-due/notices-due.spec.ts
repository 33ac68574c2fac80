import { given } from '../kernel/given.fixture.js';
import { T0, day, eventId } from '../kernel/history.fixture.js';
import { member } from '../kernel/member.js';
import { established, noticeGiven, removed } from '../kernel/pair.fixture.js';
import { noticesDue } from './notices-due.js';

const NOTICE = { required: true, to: 'customer', given: false, generatedByThisService: false } as const;
const dueBy = (on: string) => ({ ...NOTICE, dueBy: on });
const KEY = 'contoso/adatum';

describe('notices-due', () => {
  it('R28: a removal whose required notice was not given is in it, with the day by which it is due', async () => {
    const spec = given(noticesDue, [established(), removed({ notice: dueBy('2026-03-31') })]);
    await spec.then({ [KEY]: { to: 'customer', dueBy: '2026-03-31', removedAt: day(10), basis: eventId(2) } });
    await spec.thenListed({ 'due:contoso': [member('2026-03-31', 'adatum')] });
  });

  it('R28: without a day it comes last', () =>
    given(noticesDue, [
      removed({ notice: NOTICE }),
      removed({ customerId: 'zeta', notice: dueBy('2026-12-31') }),
    ]).thenListed({ 'due:contoso': [member('2026-12-31', 'zeta'), member('~', 'adatum')] }));

  it.each([
    ['required', { ...NOTICE, required: false, to: null }],
    ['still to be given', { ...NOTICE, given: true }],
  ] as const)('R28: a removal whose notice is not %s is not in it', (_, notice) =>
    given(noticesDue, [established(), removed({ notice })]).then({}),
  );

  it('R28: the recorded notice takes it out', () =>
    given(noticesDue, [removed({ notice: dueBy('2026-03-31') }), noticeGiven()]).then({}));

  it('R28: a new relationship gives no notice; a later removal states its own', async () => {
    const renewed = [removed({ notice: NOTICE }), established({ at: day(20) })];
    await given(noticesDue, renewed).then({
      [KEY]: { to: 'customer', dueBy: null, removedAt: day(10), basis: eventId(1) },
    });
    await given(noticesDue, [...renewed, removed({ at: day(30) })]).then({});
  });

  it('D2: the lists of two partners are apart', () =>
    given(noticesDue, [
      removed({ notice: NOTICE, at: T0 }),
      removed({ partnerId: 'fabrikam', notice: NOTICE, at: T0 }),
      noticeGiven({ partnerId: 'fabrikam' }),
    ]).thenListed({ 'due:contoso': [member('~', 'adatum')] }));
});
