import { Rejection } from '../kernel/rejection.js';
import { actorOf } from './caller.js';
import { callerOf } from './claims.js';

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return error instanceof Rejection ? error.code : String(error);
  }
  return undefined;
};

describe('Who may act', () => {
  it.each(['global-admin', 'admin-agent'])('for a partner is its %s (R1)', (role) => {
    const caller = { kind: 'partner', subject: 'alice', role, partnerId: 'contoso' } as const;
    expect(actorOf(caller, 'contoso', {})).toEqual(caller);
  });

  it.each(['sales-agent', 'helpdesk-agent', ''])('for a partner is not its "%s" (R1)', (role) => {
    const caller = { kind: 'partner', subject: 'alice', role, partnerId: 'contoso' } as const;
    expect(codeOf(() => actorOf(caller, 'contoso', {}))).toBe('role-not-permitted');
  });

  it('is a service for a named person, and both are kept (R1)', () => {
    const actor = actorOf({ kind: 'service', subject: 'billing' }, 'contoso', {
      subject: 'alice',
      role: 'admin-agent',
    });
    expect(actor).toEqual({
      kind: 'partner',
      subject: 'alice',
      role: 'admin-agent',
      partnerId: 'contoso',
      through: 'billing',
    });
  });

  it.each([
    ['names nobody', {}, 'acting-for-required'],
    ['names somebody by an address', { subject: 'alice@contoso.example', role: 'admin-agent' }, 'acting-for-required'],
    ['names a person who may not act (R1)', { subject: 'alice', role: 'helpdesk-agent' }, 'role-not-permitted'],
  ])('is not a service that %s', (_, acting, code) => {
    expect(codeOf(() => actorOf({ kind: 'service', subject: 'billing' }, 'contoso', acting))).toBe(code);
  });

  it('is not an auditor', () => {
    expect(codeOf(() => actorOf({ kind: 'auditor', subject: 'carol' }, 'contoso', {}))).toBe('role-not-permitted');
  });

  it('for a customer is its global admin', () => {
    const caller = { kind: 'customer', subject: 'bob', role: 'user', customerId: 'fabrikam' } as const;
    expect(codeOf(() => actorOf(caller, undefined, {}))).toBe('role-not-permitted');
    expect(actorOf({ ...caller, role: 'global-admin' }, undefined, {})).toMatchObject({ kind: 'customer' });
  });
});

describe('The claims of a token', () => {
  it('name a partner, a customer, an auditor or a service', () => {
    expect(callerOf({ sub: 'a', role: 'partner-admin-agent', partner_id: 'p' })).toMatchObject({
      kind: 'partner',
      role: 'admin-agent',
    });
    expect(callerOf({ sub: 'a', role: 'customer-global-admin', customer_id: 'c' })).toMatchObject({ kind: 'customer' });
    expect(callerOf({ sub: 'a', role: 'auditor' })).toEqual({ kind: 'auditor', subject: 'a' });
    expect(callerOf({ sub: 'a', role: 'service' })).toEqual({ kind: 'service', subject: 'a' });
  });

  it.each([
    ['a partner without its id', { sub: 'a', role: 'partner-admin-agent' }],
    ['an address as the subject', { sub: 'a@b.example', role: 'auditor' }],
    ['an unknown role', { sub: 'a', role: 'root' }],
    ['an id that could reach into another stream', { sub: 'a', role: 'partner-admin-agent', partner_id: 'p~c' }],
  ])('name nobody with %s', (_, claims) => {
    expect(callerOf(claims)).toBeNull();
  });
});
