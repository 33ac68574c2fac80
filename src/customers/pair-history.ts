import type { Dated, Moment } from '../kernel/moment.js';
import { upTo } from '../kernel/moment.js';
import type { PartnerEvent } from '../partners/partner.events.js';
import type { PrivilegeEvent } from '../privileges/privilege.events.js';
import type { RelationshipEvent } from '../relationships/relationship.events.js';
import type { CustomerEvent } from './customer.events.js';

/** Everything recorded about one partner and one customer, stream by stream. */
export interface PairHistory {
  readonly partner: readonly Dated<PartnerEvent>[];
  readonly customer: readonly Dated<CustomerEvent>[];
  readonly relationship: readonly Dated<RelationshipEvent>[];
  readonly privileges: readonly Dated<PrivilegeEvent>[];
  /** The relationships with the same customer of the providers that the partner has ever been connected to. */
  readonly providers: ReadonlyMap<string, readonly Dated<RelationshipEvent>[]>;
}

/** How much is recorded: never more of an earlier moment than of a later one. */
export const sizeOf = ({ partner, customer, relationship, privileges, providers }: PairHistory): number =>
  [partner, customer, relationship, privileges, ...providers.values()].reduce((sum, { length }) => sum + length, 0);

/** The history as it was at the moment (null: now). */
export const pairUpTo = (history: PairHistory, moment: Moment | null): PairHistory => ({
  partner: upTo(history.partner, moment),
  customer: upTo(history.customer, moment),
  relationship: upTo(history.relationship, moment),
  privileges: upTo(history.privileges, moment),
  providers: new Map([...history.providers].map(([providerId, events]) => [providerId, upTo(events, moment)])),
});
