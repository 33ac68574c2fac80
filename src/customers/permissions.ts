import { fold } from '../kernel/decider.js';
import type { Recorded } from '../kernel/event.js';
import type { Partner } from '../partners/partner.js';
import { partner } from '../partners/partner.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import { privileges } from '../privileges/privilege.js';
import type { RelationshipEvent } from '../relationships/relationship.events.js';
import type { Relationship } from '../relationships/relationship.js';
import { relationship } from '../relationships/relationship.js';
import { customer } from './customer.js';
import type { Permission } from './manageable.js';
import type { PairHistory } from './pair-history.js';

/** A permission with the id of the event it rests on; null when no event says anything about it. */
export interface BasedPermission extends Permission {
  readonly basis: string | null;
}

/** Whether a connected provider may order for the reseller's customer (R20). */
export interface ProviderOrder extends BasedPermission {
  readonly partnerId: string;
}

/** What a partner may do for a customer, and why. */
export interface Permissions {
  readonly transact: BasedPermission;
  /** A reseller places no orders itself: `through` says which connected provider may (R17). */
  readonly order: BasedPermission & { readonly through: readonly ProviderOrder[] };
  readonly administer: BasedPermission;
}

type Standing = { readonly state: Relationship; readonly basis: string | null };

const allowed = (because: string, basis: string | null): BasedPermission => ({ allowed: true, because, basis });
const denied = (because: string, basis: string | null = null): BasedPermission => ({ allowed: false, because, basis });
const plain = <E>(events: readonly { readonly event: E }[]): E[] => events.map(({ event }) => event);

const standingIn = (events: readonly Recorded<RelationshipEvent>[]): Standing => {
  const turn = events.findLast(({ event: { type } }) => type.startsWith('Relationship'));
  return { state: fold(relationship, plain(events)), basis: turn?.id ?? null };
};

const byRelationship = ({ state, basis }: Standing): BasedPermission => {
  if (state.status === 'none') return denied('No relationship with this customer is recorded.');
  if (state.status === 'removed') return denied(`The relationship was removed at ${state.removedAt}.`, basis);
  return allowed(`The relationship as ${state.role} stands since ${state.since}.`, basis);
};

/** The partner is enrolled, its own relationship stands, and the customer is known here (R2). */
const transact = (enrolled: boolean, standing: Standing, known: boolean): BasedPermission => {
  if (!enrolled) return denied('The partner is not enrolled.');
  const permission = byRelationship(standing);
  return permission.allowed && !known ? denied('The customer is not known here.') : permission;
};

/** Each provider needs its own relationship with the customer to order (R3, R20). */
const providerOrders = (of: Partner, history: PairHistory): ProviderOrder[] =>
  [...(of.status === 'enrolled' ? of.providers.keys() : [])].map((partnerId) => {
    const standing = standingIn(history.providers.get(partnerId) ?? []);
    const isProvider = standing.state.status === 'none' || standing.state.role === 'provider';
    const permission = isProvider ? byRelationship(standing) : denied('Its relationship is not as provider.');
    return { partnerId, ...permission };
  });

const through = (orders: readonly ProviderOrder[]): string => {
  if (orders.length === 0) return 'it is connected to none';
  const able = orders.filter((order) => order.allowed).map(({ partnerId }) => partnerId);
  return able.length === 0 ? 'none of them has a relationship with this customer' : `${able.join(', ')} may order`;
};

/** A provider orders by its own relationship (R3); a reseller through connected providers, while its own stands (R17). */
const order = (of: Partner, own: BasedPermission, standing: Standing, history: PairHistory): Permissions['order'] => {
  const role = standing.state.status === 'none' ? kindOf(of) : standing.state.role;
  if (role === 'provider' || !own.allowed) return { ...own, through: [] };
  const orders = providerOrders(of, history);
  return {
    ...denied(`A reseller orders through the providers it is connected to: ${through(orders)}.`),
    through: orders,
  };
};

const kindOf = (of: Partner) => (of.status === 'enrolled' && of.kind === 'indirect-provider' ? 'provider' : 'reseller');

/** By delegated admin privileges alone, which outlive the relationship (R25); nothing is inferred (D3). */
const administer = (events: readonly Recorded<PrivilegeEvent>[], { state }: Standing): BasedPermission => {
  const basis = events.at(-1)?.id ?? null;
  const recorded = fold(privileges, plain(events));
  if (recorded.status === 'none-recorded') return denied('No delegated admin privileges are recorded.');
  if (recorded.status === 'revoked')
    return denied(`Delegated admin privileges were revoked at ${recorded.revokedAt}.`, basis);
  const granted = `Delegated admin privileges were granted at ${recorded.since}`;
  return state.status === 'removed'
    ? allowed(`${granted} and persist, although the relationship was removed at ${state.removedAt}.`, basis)
    : allowed(`${granted}.`, basis);
};

/** What the partner may do for the customer by this history (R2, R3, R17, R22, R25). */
export const permissionsIn = (history: PairHistory): Permissions => {
  const of = fold(partner, plain(history.partner));
  const standing = standingIn(history.relationship);
  const known = fold(customer, plain(history.customer)).status === 'known';
  const own = transact(of.status === 'enrolled', standing, known);
  return {
    transact: own,
    order: order(of, own, standing, history),
    administer: administer(history.privileges, standing),
  };
};
