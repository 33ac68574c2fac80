import type { AcceptanceStep } from './acceptance.workflow.js';
import { isOvertaken, planAcceptance } from './acceptance.workflow.js';
import { LATER, accepted } from './invitation.fixture.js';

const customer = { name: 'Fabrikam', domain: 'fabrikam.example' };
const pair = { partnerId: 'contoso', customerId: 'fabrikam' };
const invitationId = accepted().data.invitationId;

describe('What follows from an acceptance', () => {
  it('is that the customer is known, the relationship stands, and the grant is recorded (R2, R14, D1, D3)', () => {
    expect(planAcceptance(accepted())).toEqual([
      { name: 'register', do: 'register-customer', facts: { customerId: 'fabrikam', ...customer, at: LATER } },
      {
        name: 'establish:contoso',
        do: 'establish-relationship',
        facts: {
          ...pair,
          role: 'reseller',
          by: { kind: 'invitation', invitationId },
          origin: 'own-marketing',
          customer,
          at: LATER,
        },
      },
      { name: 'grant:contoso', do: 'grant-privileges', facts: { ...pair, invitationId, at: LATER } },
    ]);
  });

  it('is no grant where the customer refused it (D3)', () => {
    const outcomes = [{ partnerId: 'contoso', role: 'reseller', authorised: true, privileges: 'refused' }] as const;
    expect(planAcceptance(accepted({ outcomes })).map((step) => step.do)).toEqual([
      'register-customer',
      'establish-relationship',
    ]);
  });

  it('is nothing for a party that was not authorised (D1)', () => {
    const outcomes = [{ partnerId: 'contoso', role: 'reseller', authorised: false, privileges: 'refused' }] as const;
    expect(planAcceptance(accepted({ outcomes })).map((step) => step.do)).toEqual(['register-customer']);
  });

  it('names each step once, so that each has a command id of its own (D7)', () => {
    const outcomes = ['contoso', 'tailspin'].map(
      (partnerId) => ({ partnerId, role: 'reseller', authorised: true, privileges: 'granted' }) as const,
    );
    const names = planAcceptance(accepted({ outcomes })).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('A step of an acceptance that is carried out again', () => {
  const [register, establish, grant] = planAcceptance(accepted()) as [AcceptanceStep, AcceptanceStep, AcceptanceStep];
  const at = (position: bigint, type: string) => ({ position, event: { type, data: {} } });
  const removed = at(8n, 'RelationshipRemoved');
  const revoked = at(8n, 'DelegatedAdminPrivilegesRevoked');

  it('is overtaken by what has ended since what it would begin: a removal, a revocation (D1, D3)', () => {
    expect(isOvertaken(establish, 7n, [at(3n, 'RelationshipEstablished'), removed])).toBe(true);
    expect(isOvertaken(grant, 7n, [at(3n, 'DelegatedAdminPrivilegesGranted'), revoked])).toBe(true);
  });

  it('is not overtaken by what had ended before: the acceptance starts afresh (D5)', () => {
    expect(isOvertaken(establish, 9n, [removed, at(10n, 'TerminationNoticeGiven')])).toBe(false);
    expect(isOvertaken(grant, 9n, [revoked])).toBe(false);
  });

  it('is not overtaken by the end of anything else (R25)', () => {
    expect(isOvertaken(grant, 7n, [removed])).toBe(false);
    expect(isOvertaken(register, 7n, [removed, revoked])).toBe(false);
  });
});
