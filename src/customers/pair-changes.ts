import type { CustomerRecord } from '../../projections/customer-list/customer-record.js';
import type { Dated } from '../kernel/moment.js';
import type { PairHistory } from './pair-history.js';
import { recordIn } from './pair-record.js';
import type { BasedPermission } from './permissions.js';
import { permissionsIn } from './permissions.js';

/** How something stood at two moments, and the ids of the events in between that concern it. */
export interface Change<T> {
  readonly changed: boolean;
  readonly before: T;
  readonly after: T;
  readonly by: readonly string[];
}

/** What changed between a partner and a customer. */
export interface PairChanges {
  readonly relationship: Change<CustomerRecord['relationship']>;
  readonly privileges: Change<CustomerRecord['privileges']>;
  readonly permissions: Readonly<Record<'transact' | 'order' | 'administer', Change<BasedPermission>>>;
  /** Every event in between that concerns them, in log order. */
  readonly events: readonly Dated[];
}

type Since = (of: (history: PairHistory) => readonly Dated[]) => string[];

const change = <T>(before: T, after: T, by: readonly string[], essence: (of: T) => unknown = (of) => of): Change<T> => {
  const changed = JSON.stringify(essence(before)) !== JSON.stringify(essence(after));
  return { changed, before, after, by: changed ? by : [] };
};

const ofProviders = ({ providers }: PairHistory): Dated[] => [...providers.values()].flat();
const forOwn = ({ partner, customer, relationship }: PairHistory): Dated[] => [
  ...partner,
  ...customer,
  ...relationship,
];

/** A permission has changed when it is another one, or rests on another event; not when it is told in other words. */
const permissionChanges = (before: PairHistory, after: PairHistory, since: Since): PairChanges['permissions'] => {
  const [was, is] = [permissionsIn(before), permissionsIn(after)];
  const essence = ({ allowed, basis }: BasedPermission) => [allowed, basis];
  const orderEssence = (order: typeof was.order) => [
    essence(order),
    order.through.map((one) => [one.partnerId, essence(one)]),
  ];
  return {
    transact: change(was.transact, is.transact, since(forOwn), essence),
    order: change(
      was.order,
      is.order,
      since((history) => [...forOwn(history), ...ofProviders(history)]),
      orderEssence,
    ),
    administer: change(
      was.administer,
      is.administer,
      since(({ privileges }) => privileges),
      essence,
    ),
  };
};

/** What changed from one state of a history to a later one, and by which events. */
export const changesBetween = (before: PairHistory, after: PairHistory): PairChanges => {
  const all = (history: PairHistory) => [...forOwn(history), ...history.privileges, ...ofProviders(history)];
  const earlier = new Set(all(before).map(({ id }) => id));
  const since: Since = (of) => of(after).flatMap(({ id }) => (earlier.has(id) ? [] : [id]));
  const [was, is] = [recordIn(before), recordIn(after)];
  return {
    relationship: change(
      was?.relationship ?? null,
      is?.relationship ?? null,
      since(({ relationship }) => relationship),
    ),
    privileges: change(
      was?.privileges ?? null,
      is?.privileges ?? null,
      since(({ privileges }) => privileges),
    ),
    permissions: permissionChanges(before, after, since),
    events: all(after)
      .filter(({ id }) => !earlier.has(id))
      .sort((one, other) => (one.position < other.position ? -1 : 1)),
  };
};
