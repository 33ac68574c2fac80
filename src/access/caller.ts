import type { Actor, PartnerRole } from '../kernel/actor.js';
import { PARTNER_ROLES } from '../kernel/actor.js';
import { Rejection } from '../kernel/rejection.js';

/** Who is calling, as the token says. */
export type Caller =
  | { readonly kind: 'partner'; readonly subject: string; readonly role: string; readonly partnerId: string }
  | { readonly kind: 'customer'; readonly subject: string; readonly role: string; readonly customerId: string }
  | { readonly kind: 'auditor'; readonly subject: string }
  | { readonly kind: 'service'; readonly subject: string };
export type CallerKind = Caller['kind'];

/** The person a service acts for: headers Acting-For and Acting-Role. */
export interface ActingFor {
  readonly subject?: string | undefined;
  readonly role?: string | undefined;
}

const OPAQUE = /^[A-Za-z0-9._:-]{1,128}$/;

/** Only a global admin or admin agent acts for a partner (R1). @throws Rejection `role-not-permitted` */
export const requirePartnerRole = (role: string): PartnerRole => {
  const permitted = PARTNER_ROLES.find((known) => known === role);
  if (permitted) return permitted;
  throw new Rejection('forbidden', 'role-not-permitted', `The role ${role} may not act for a partner.`, {
    rule: 'R1',
    next: 'Ask a global admin or an admin agent of the partner; Acting-Role is then global-admin or admin-agent.',
  });
};

/** Only its global admin acts and reads for a customer: what remains of others' powers is not for everyone (D3). */
export const requireCustomerRole = (role: string): 'global-admin' => {
  if (role === 'global-admin') return role;
  throw new Rejection('forbidden', 'role-not-permitted', `The role ${role} may not act for a customer.`, {
    next: 'Ask a global admin of the customer.',
  });
};

const requirePerson = ({ subject, role }: ActingFor): { subject: string; role: string } => {
  if (subject !== undefined && role !== undefined && OPAQUE.test(subject)) return { subject, role };
  throw new Rejection('invalid', 'acting-for-required', 'A service names the person it acts for by an opaque id.', {
    rule: 'R1',
    state: 'unnamed',
    pointer: 'Acting-For',
    next: 'Send Acting-For with up to 128 letters, digits, or . _ : - and Acting-Role with global-admin or admin-agent.',
  });
};

/**
 * Who acts, for the record. A service acts for a named person of the partner in the path; both are kept.
 * @throws Rejection `role-not-permitted` (R1), `acting-for-required`
 */
export const actorOf = (caller: Caller, partnerId: string | undefined, acting: ActingFor): Actor => {
  if (caller.kind === 'partner') return { ...caller, role: requirePartnerRole(caller.role) };
  if (caller.kind === 'customer') return { ...caller, role: requireCustomerRole(caller.role) };
  if (caller.kind === 'service' && partnerId !== undefined) {
    const { subject, role } = requirePerson(acting);
    return { kind: 'partner', subject, role: requirePartnerRole(role), partnerId, through: caller.subject };
  }
  throw new Rejection('forbidden', 'role-not-permitted', 'This caller may not do this.', { rule: 'R1' });
};
