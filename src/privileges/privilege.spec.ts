import { fold } from '../kernel/decider.js';
import { decisionSpec } from '../kernel/given.fixture.js';
import type { DelegatedAdminPrivilegesGranted, DelegatedAdminPrivilegesRevoked } from './privilege.events.js';
import { grant, privileges, revoke } from './privilege.js';

const given = decisionSpec(privileges);
const pair = { partnerId: 'contoso', customerId: 'fabrikam' };
const granted: DelegatedAdminPrivilegesGranted = {
  type: 'DelegatedAdminPrivilegesGranted',
  data: { ...pair, invitationId: 'i-1', at: '2026-11-01T10:00:00.000Z' },
};
const revoked: DelegatedAdminPrivilegesRevoked = {
  type: 'DelegatedAdminPrivilegesRevoked',
  data: { ...pair, by: 'customer', evidence: null, at: '2026-11-05T10:00:00.000Z' },
};

describe('Delegated admin privileges', () => {
  it('are none recorded until the customer grants them (D3)', () => {
    expect(fold(privileges, [])).toEqual({ status: 'none-recorded' });
    given([])
      .when((state) => grant(state, granted.data))
      .then([granted]);
  });

  it('stay as first granted when granted again (D3)', () => {
    given([granted])
      .when((state) => grant(state, { ...granted.data, invitationId: 'i-2' }))
      .then([]);
  });

  it('are ended by the customer (D3)', () => {
    given([granted])
      .when((state) => revoke(state, revoked.data))
      .then([revoked]);
  });

  it('are ended by a partner only on evidence of the customer’s act (D3)', () => {
    const reported = { ...revoked.data, by: 'partner-with-evidence' } as const;
    const evidence = { reference: 'audit entry 17', actedAt: '2026-11-04T10:00:00.000Z' };
    given([granted])
      .when((state) => revoke(state, reported))
      .thenRejected('evidence-required');
    given([granted])
      .when((state) => revoke(state, { ...reported, evidence }))
      .then([{ ...revoked, data: { ...reported, evidence } }]);
  });

  it.each([
    ['before they were granted', '2026-11-01T09:59:59.999Z'],
    ['on a day before they were granted', '2026-10-31'],
    ['at a time that has not come yet', '2026-11-05T10:02:00.000Z'],
    ['on a day that has begun nowhere yet', '2026-11-07'],
  ])('are not ended by an act %s (D3)', (_, actedAt) => {
    const reported = { ...revoked.data, by: 'partner-with-evidence', evidence: { reference: 'x', actedAt } } as const;
    const { hints } = given([granted])
      .when((state) => revoke(state, reported))
      .thenRejected('evidence-of-another-time');
    expect(hints).toMatchObject({ rule: 'D3', state: 'in-force', pointer: '/evidence/actedAt' });
  });

  it.each(['2026-11-01', '2026-11-01T10:00:00.000Z', '2026-11-05T10:00:59.000Z', '2026-11-06'])(
    'are ended by an act from the grant on, in whatever zone today is: %s (D3)',
    (actedAt) => {
      const reported = { ...revoked.data, by: 'partner-with-evidence', evidence: { reference: 'x', actedAt } } as const;
      given([granted])
        .when((state) => revoke(state, reported))
        .then([{ ...revoked, data: reported }]);
    },
  );

  it('cannot be ended when none are in force (D3)', () => {
    given([])
      .when((state) => revoke(state, revoked.data))
      .thenRejected('privileges-not-in-force');
    given([granted, revoked])
      .when((state) => revoke(state, revoked.data))
      .thenRejected('privileges-not-in-force');
  });

  it('say since when they were in force and when they ended (D3)', () => {
    expect(fold(privileges, [granted, revoked])).toEqual({
      status: 'revoked',
      since: granted.data.at,
      revokedAt: revoked.data.at,
    });
  });
});
