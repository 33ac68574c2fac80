import { given } from '../kernel/given.fixture.js';
import { T0, day, eventId } from '../kernel/history.fixture.js';
import { byTime, member } from '../kernel/member.js';
import { established, granted, removed, revoked } from '../kernel/pair.fixture.js';
import { residualPrivileges } from './residual-privileges.js';

const PAIR = 'pairs/contoso~adatum';
const inForce = { since: T0, basis: eventId(2) };
const listed = [member(byTime(day(10)), 'contoso~adatum')];

describe('residual-privileges', () => {
  it('R25: a removal leaves privileges in force behind, with since when and by which event', async () => {
    const spec = given(residualPrivileges, [established(), granted(), removed()]);
    await spec.then({ [PAIR]: { granted: inForce, removedAt: day(10) } });
    await spec.thenListed({ all: listed, 'of:contoso': listed });
  });

  it('R25: while the relationship stands nothing is residual', () =>
    given(residualPrivileges, [established(), granted()]).thenListed({}));

  it('D3: nothing is inferred: a removal without recorded privileges leaves none', () =>
    given(residualPrivileges, [established(), removed()]).thenListed({}));

  it('D3: a recorded revocation closes it', async () => {
    const spec = given(residualPrivileges, [established(), granted(), removed(), revoked()]);
    await spec.then({ [PAIR]: { granted: null, removedAt: day(10) } });
    await spec.thenListed({});
  });

  it('D5: a new relationship closes it; the privileges stay in force', async () => {
    const spec = given(residualPrivileges, [established(), granted(), removed(), established({ at: day(30) })]);
    await spec.then({ [PAIR]: { granted: inForce, removedAt: null } });
    await spec.thenListed({});
  });

  it('R25: privileges revoked before the removal are not residual', () =>
    given(residualPrivileges, [established(), granted(), revoked({ at: day(5) }), removed()]).thenListed({}));

  it('R25: a grant recorded after the removal, which could not see it, is residual too', () =>
    given(residualPrivileges, [established(), removed(), granted({ at: day(11) })]).thenListed({
      all: listed,
      'of:contoso': listed,
    }));

  it('D2: each partner of the customer is a pair of its own, the longest removed first', () =>
    given(residualPrivileges, [
      granted(),
      granted({ partnerId: 'fabrikam' }),
      removed(),
      removed({ partnerId: 'fabrikam', at: day(3) }),
    ]).thenListed({
      all: [member(byTime(day(3)), 'fabrikam~adatum'), ...listed],
      'of:contoso': listed,
      'of:fabrikam': [member(byTime(day(3)), 'fabrikam~adatum')],
    }));

  it('keeps nothing of a pair without privileges and without removal', () =>
    given(residualPrivileges, [established(), granted(), revoked()]).then({}));
});
